/** The stage for points on the line or the plane: one canvas, its legend, and the same in words. */
import { useCallback, useId } from "react";
import type { ArmView } from "../../client/store";
import { usePlayground } from "../../client/use-playground";
import type { ArmId } from "../../core/arms";
import { type DatasetId, datasetOf } from "../../core/datasets";
import { type Opinion, opinionOf } from "../../core/opinion";
import { hasOptimum } from "../../core/optimum";
import type { RoleColors } from "../theme/colors";
import { useRoleColors } from "../theme/use-role-colors";
import { Canvas, type Paint } from "./Canvas";
import { Legend, type LegendItem } from "./Legend";
import { bestDiscriminator, drawLine } from "./line-view";
import { ARM, type ForArm, forEachArm, SPOKEN_MS, useArmSource, useThrottled } from "./live";
import { drawPlane } from "./plane-view";
import { realDensity, realPoints } from "./real-samples";
import { StageReader } from "./StageReader";
import { describeFrame } from "./words";

interface Props {
  readonly arm: ArmId;
  readonly kind: "line" | "plane";
  readonly dataset: DatasetId;
  readonly loss: ArmView["config"]["loss"];
  /** Whether the picture explains its marks and has its own colour scale; arms share both. */
  readonly legend: boolean;
}

export function PointsStage({ arm, kind, dataset, loss, legend }: Props) {
  const words = useId();
  const colors = useRoleColors();
  const source = useArmSource(arm);
  const arrows = usePlayground((state) => state.arrows);
  const paint = useCallback<Paint>(
    (context, width, height) => {
      const view = source.get();
      if (view?.stage) paintPoints(context, width, height, { view, arrows, scaleBeside: legend }, colors);
    },
    [source, colors, arrows, legend],
  );
  const opinion = opinionOf(loss);
  return (
    <>
      <div className="stage-canvas">
        <Canvas label="Stage" describedBy={words} subscribe={source.subscribe} paint={paint} />
        <Reader arm={arm} kind={kind} legend={legend} />
      </div>
      {legend && <PointsLegend kind={kind} dataset={dataset} loss={loss} scaleBeside />}
      <Words id={words} arm={arm} opinion={opinion} />
    </>
  );
}

/** The layer that is pointed at; it must know how far the picture goes. */
function Reader({ arm, kind, legend }: Pick<Props, "arm" | "kind" | "legend">) {
  const extent = usePlayground((state) => {
    const frame = ARM[arm](state)?.stage?.frame;
    return frame === undefined || frame.kind === "images" ? null : frame.extent;
  });
  if (extent === null) return null;
  return <StageReader arm={arm} dimension={kind === "line" ? 1 : 2} extent={extent} scaleBeside={legend} />;
}

interface LegendProps extends Pick<Props, "kind" | "dataset" | "loss"> {
  /** Whether the colour scale stands beside the picture. */
  readonly scaleBeside: boolean;
}

/** What the marks on the stage for points mean. */
export function PointsLegend({ kind, dataset, loss, scaleBeside }: LegendProps) {
  const arrows = usePlayground((state) => state.arrows);
  const several = usePlayground((state) => new Set(state.arms.map(({ config }) => config.loss)).size > 1);
  const opinion = opinionOf(loss);
  const best = usePlayground(({ experiment }) =>
    experiment.arms.some(({ config }) => config.loss === loss && hasOptimum(config)),
  );
  const known = datasetOf(dataset);
  const density = known.kind === "points" && known.density !== undefined;
  const marks = kind === "line" ? lineLegend(opinion, density, best) : planeLegend(opinion, scaleBeside);
  return <Legend items={[...marks, ...(arrows ? arrowLegend(several) : [])]} />;
}

interface Shown {
  readonly view: ArmView;
  /** Whether fakes carry arrows. */
  readonly arrows: boolean;
  readonly scaleBeside: boolean;
}

function paintPoints(
  context: CanvasRenderingContext2D,
  width: number,
  height: number,
  { view, arrows: shown, scaleBeside }: Shown,
  colors: RoleColors,
): void {
  const arrows = shown ? view.config.loss : null;
  const frame = view.stage?.frame;
  const opinion = opinionOf(view.config.loss);
  const { dataset, seed } = view.config;
  const at = view.latentSample?.values;
  const [x, y] = [at?.[0], at?.[1]];
  if (frame?.kind === "line") {
    const pData = realDensity(dataset, frame.extent);
    const points = datasetOf(dataset);
    const best = points.kind === "points" ? bestDiscriminator(view.config, points, frame) : null;
    drawLine(context, width, height, { frame, pData, best, opinion, sample: x ?? null, arrows }, colors);
  } else if (frame?.kind === "plane") {
    // After a change of data the last picture of the old ones may still be here.
    const points = datasetOf(dataset);
    const reals = points.kind === "points" && points.dimension === 2 ? realPoints(dataset, seed) : null;
    const sample = x !== undefined && y !== undefined ? ([x, y] as const) : null;
    drawPlane(context, width, height, { frame, reals, opinion, sample, arrows, scaleBeside }, colors);
  }
}

const SAMPLE: LegendItem = { mark: "ring", role: "generator", text: "your latent's sample" };

function lineLegend(opinion: Opinion, density: boolean, best: boolean): readonly LegendItem[] {
  const items: LegendItem[] = [];
  if (density) items.push({ mark: "line", role: "real", text: "p_data, exact" });
  items.push(
    { mark: "bars", role: "fake", text: "fakes" },
    { mark: "line", role: "fake", text: "p_g, kernel density" },
  );
  items.push({
    mark: "line",
    role: "discriminator",
    text: opinion.probability ? "D(x)" : "D's raw score (right axis, no probability)",
  });
  if (density && best) items.push({ mark: "dashed", role: "discriminator", text: "best D* for these" });
  items.push({ mark: "dotted", role: "neutral", text: opinion.probability ? "½: cannot tell" : "score 0" }, SAMPLE);
  return items;
}

function planeLegend(opinion: Opinion, scaleBeside: boolean): readonly LegendItem[] {
  const items: LegendItem[] = [
    { mark: "cross", role: "real", text: "real points" },
    { mark: "dot", role: "fake", text: "fakes G(z)" },
  ];
  if (opinion.probability) {
    const text = scaleBeside ? "D = ½; colours: D(x), scale at the right" : "D = ½";
    items.push({ mark: "line", role: "discriminator", text });
  } else if (scaleBeside)
    items.push({ mark: "bars", role: "neutral", text: "colours: D's raw score, scale at the right" });
  items.push(SAMPLE);
  return items;
}

function arrowLegend(several: boolean): readonly LegendItem[] {
  const own: LegendItem = { mark: "arrow", role: "generator", text: "the pull of its loss on a fake" };
  return several ? [own, { mark: "outline-arrow", role: "neutral", text: "of the other loss" }] : [own];
}

/** The picture in words, renewed at the pace of a reader; quiet, so that a screen reader reads it only when asked. */
export function Words({ id, arm, opinion }: { readonly id: string; readonly arm: ArmId; readonly opinion: Opinion }) {
  const stage = useThrottled(STAGE[arm], SPOKEN_MS);
  return (
    <p id={id} className="visually-hidden" aria-live="off">
      {stage ? describeFrame(stage.frame, stage.step, opinion) : "Nothing drawn yet."}
    </p>
  );
}

const STAGE: ForArm<ArmView["stage"]> = forEachArm((view) => view?.stage ?? null);
