/** What came of switching units off: samples with and without them, or D's opinion with and without. */
import { useCallback } from "react";
import { type ExperimentConfig, lossOf } from "../../../core/config";
import { datasetOf } from "../../../core/datasets";
import { formatNumber } from "../../../core/format";
import type { Effect } from "../../../core/inside";
import { opinionOf } from "../../../core/opinion";
import { Canvas, type Paint } from "../../stage/Canvas";
import { drawImageAt } from "../../stage/images-view";
import type { RoleColors } from "../../theme/colors";
import { useRoleColors } from "../../theme/use-role-colors";

interface Props {
  readonly effect: Effect;
  readonly config: ExperimentConfig;
  /** How many units are off. */
  readonly off: number;
}

export function EffectView({ effect, config, off }: Props) {
  if (effect.kind === "logits") return <Opinions effect={effect} config={config} off={off} />;
  const dataset = datasetOf(config.dataset);
  if (dataset.kind === "points")
    return <PointsEffect effect={effect} dimension={dataset.dimension} extent={dataset.extent} off={off} />;
  const [height, width] = dataset.shape;
  return <ImagesEffect effect={effect} height={height} width={width} off={off} />;
}

type SamplesEffect = Extract<Effect, { readonly kind: "samples" }>;

const unitsText = (off: number) => (off === 1 ? "the unit" : `${off} units`);
const NOTHING = () => () => {};
/** Columns of the grid of further samples. */
const COLUMNS = 4;

interface ImagesProps {
  readonly effect: SamplesEffect;
  readonly height: number;
  readonly width: number;
  readonly off: number;
}

function ImagesEffect({ effect, height, width, off }: ImagesProps) {
  const { before, after, count, coded } = effect;
  if (!(before instanceof Uint8ClampedArray) || !(after instanceof Uint8ClampedArray)) return null;
  const images = (pixels: Uint8ClampedArray) => ({ pixels, height, width, logits: new Float32Array(0) });
  const one = 4 * height * width;
  const difference = before
    .slice(0, one)
    .map((value, i) => (i % 4 === 3 ? 255 : 255 - Math.min(255, 3 * Math.abs(value - (after[i] ?? 0)))));
  return (
    <>
      <div className="inside-pair">
        {coded instanceof Uint8ClampedArray && (
          <Picture name="What is coded" columns={1} count={1} images={images(coded)} first={0} />
        )}
        <Picture
          name={coded === null ? "The sample as it is" : "Its copy as it is"}
          columns={1}
          count={1}
          images={images(before)}
          first={0}
        />
        {off > 0 && (
          <>
            <Picture name={`Without ${unitsText(off)}`} columns={1} count={1} images={images(after)} first={0} />
            <Picture
              name="What they drew: the difference"
              columns={1}
              count={1}
              images={images(difference)}
              first={0}
            />
          </>
        )}
      </div>
      <div className="inside-pair" data-of="two">
        <Picture
          name={coded === null ? "Others as they are" : "Copies of others"}
          columns={COLUMNS}
          count={count - 1}
          images={images(before)}
          first={1}
        />
        {off > 0 && (
          <Picture
            name={`Others without ${unitsText(off)}`}
            columns={COLUMNS}
            count={count - 1}
            images={images(after)}
            first={1}
          />
        )}
      </div>
      <Change effect={effect} off={off} />
    </>
  );
}

interface PictureProps {
  readonly name: string;
  readonly columns: number;
  readonly count: number;
  readonly first: number;
  readonly images: Parameters<typeof drawImageAt>[1];
}

function Picture({ name, columns, count, images, first }: PictureProps) {
  const paint = useCallback<Paint>(
    (context, width) => {
      const side = width / columns;
      for (let i = 0; i < count; i++) {
        const target = {
          x: (i % columns) * side,
          y: Math.floor(i / columns) * side,
          width: side - 1,
          height: side - 1,
        };
        drawImageAt(context, images, first + i, target);
      }
    },
    [columns, count, images, first],
  );
  return (
    <figure>
      <div className="inside-picture">
        <Canvas label={name} subscribe={NOTHING} paint={paint} />
      </div>
      <figcaption>{name}</figcaption>
    </figure>
  );
}

interface PointsProps {
  readonly effect: SamplesEffect;
  readonly dimension: number;
  readonly extent: number;
  readonly off: number;
}

function PointsEffect({ effect, dimension, extent, off }: PointsProps) {
  const colors = useRoleColors();
  const what = effect.coded === null ? "Fakes" : "Copies";
  const paint = useCallback<Paint>(
    (context, width, height) => drawMoves(context, width, height, effect, dimension, extent, colors),
    [effect, dimension, extent, colors],
  );
  return (
    <>
      <figure>
        <div className="inside-plot">
          <Canvas label={`${what} with and without the units`} subscribe={NOTHING} paint={paint} />
        </div>
        <figcaption>
          {off === 0
            ? `Some ${what.toLowerCase()}; the large one is ${effect.coded === null ? "your latent's" : "of what is coded"}.`
            : `Rings: ${what.toLowerCase()} as they are; dots: without ${unitsText(off)}.`}
        </figcaption>
      </figure>
      <Change effect={effect} off={off} />
    </>
  );
}

function drawMoves(
  context: CanvasRenderingContext2D,
  width: number,
  height: number,
  { before, after, count }: SamplesEffect,
  dimension: number,
  extent: number,
  colors: RoleColors,
): void {
  context.fillStyle = colors.plot;
  context.fillRect(0, 0, width, height);
  const x = (value: number) => (width * (value + extent)) / (2 * extent);
  const y = (value: number) => (height * (extent - value)) / (2 * extent);
  const at = (points: ArrayLike<number>, i: number) =>
    [x(points[dimension * i] ?? 0), dimension === 1 ? height / 2 : y(points[dimension * i + 1] ?? 0)] as const;
  context.lineWidth = 1.2;
  for (let i = count - 1; i >= 0; i--) {
    const [x0, y0] = at(before, i);
    const [x1, y1] = at(after, i);
    const radius = i === 0 ? 6 : 3.5;
    context.strokeStyle = context.fillStyle = i === 0 ? colors.generator : colors.fake;
    context.beginPath();
    context.moveTo(x0, y0);
    context.lineTo(x1, y1);
    context.stroke();
    context.beginPath();
    context.arc(x0, y0, radius, 0, 2 * Math.PI);
    context.stroke();
    context.beginPath();
    context.arc(x1, y1, radius - 1.5, 0, 2 * Math.PI);
    context.fill();
  }
}

function Change({ effect, off }: { readonly effect: Effect; readonly off: number }) {
  return (
    <p role="status" className="number">
      {off === 0
        ? "All units are on. Press one below and switch it off to see what it does."
        : `Without ${unitsText(off)} what comes out changes by ${formatNumber(effect.change, 2)} in the mean.`}
    </p>
  );
}

interface OpinionsProps {
  readonly effect: Extract<Effect, { readonly kind: "logits" }>;
  readonly config: ExperimentConfig;
  readonly off: number;
}

function Opinions({ effect, config, off }: OpinionsProps) {
  const opinion = opinionOf(lossOf(config));
  const text = (logit: number) => opinion.format(opinion.value(logit));
  const dataset = datasetOf(config.dataset);
  const { sample } = effect;
  const rows = [
    { name: "real samples", role: "real", ...effect.reals },
    { name: "fakes", role: "fake", ...effect.fakes },
  ];
  return (
    <>
      {dataset.kind === "images" && sample instanceof Uint8ClampedArray && (
        <div className="inside-pair">
          <Picture
            name="What D looks at"
            columns={1}
            count={1}
            first={0}
            images={{ pixels: sample, height: dataset.shape[0], width: dataset.shape[1], logits: new Float32Array(0) }}
          />
        </div>
      )}
      <table className="inside-opinions number">
        <caption>{opinion.probability ? "D's opinion, at the mean logit of 64" : "D's mean score of 64"}</caption>
        <thead>
          <tr>
            <th scope="col">Of</th>
            <th scope="col">as it is</th>
            <th scope="col">{off === 0 ? "" : `without ${unitsText(off)}`}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, role, before, after }) => (
            <tr key={name}>
              <th scope="row" className={`role-${role}`}>
                {name}
              </th>
              <td>{text(before)}</td>
              <td>{off === 0 ? "" : text(after)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <Change effect={effect} off={off} />
    </>
  );
}
