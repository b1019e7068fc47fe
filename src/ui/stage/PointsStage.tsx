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
  readonly legend: boolean;
}

export function PointsStage({ arm, kind, dataset, loss, legend }: Props) {
  const words = useId();
  const colors = useRoleColors();
  const source = useArmSource(arm);
  const paint = useCallback<Paint>(
    (context, width, height) => {
      const view = source.get();
      if (view?.stage) paintPoints(context, width, height, view, colors);
    },
    [source, colors],
  );
  const opinion = opinionOf(loss);
  return (
    <>
      <div className="stage-canvas">
        <Canvas label="Stage" describedBy={words} subscribe={source.subscribe} paint={paint} />
        <Reader arm={arm} kind={kind} />
      </div>
      {legend && <PointsLegend kind={kind} dataset={dataset} loss={loss} />}
      <Words id={words} arm={arm} opinion={opinion} />
    </>
  );
}

/** The layer that is pointed at; it must know how far the picture goes. */
function Reader({ arm, kind }: Pick<Props, "arm" | "kind">) {
  const extent = usePlayground((state) => {
    const frame = ARM[arm](state)?.stage?.frame;
    return frame === undefined || frame.kind === "images" ? null : frame.extent;
  });
  return extent === null ? null : <StageReader arm={arm} dimension={kind === "line" ? 1 : 2} extent={extent} />;
}

/** What the marks on the stage for points mean. */
export function PointsLegend({ kind, dataset, loss }: Pick<Props, "kind" | "dataset" | "loss">) {
  const opinion = opinionOf(loss);
  const best = usePlayground(({ experiment }) =>
    experiment.arms.some(({ config }) => config.loss === loss && hasOptimum(config)),
  );
  const known = datasetOf(dataset);
  const density = known.kind === "points" && known.density !== undefined;
  return <Legend items={kind === "line" ? lineLegend(opinion, density, best) : planeLegend(opinion)} />;
}

function paintPoints(
  context: CanvasRenderingContext2D,
  width: number,
  height: number,
  view: ArmView,
  colors: RoleColors,
): void {
  const frame = view.stage?.frame;
  const opinion = opinionOf(view.config.loss);
  const { dataset, seed } = view.config;
  const at = view.latentSample?.values;
  const [x, y] = [at?.[0], at?.[1]];
  if (frame?.kind === "line") {
    const pData = realDensity(dataset, frame.extent);
    const points = datasetOf(dataset);
    const best = points.kind === "points" ? bestDiscriminator(view.config, points, frame) : null;
    drawLine(context, width, height, { frame, pData, best, opinion, sample: x ?? null }, colors);
  } else if (frame?.kind === "plane") {
    // After a change of data the last picture of the old ones may still be here.
    const points = datasetOf(dataset);
    const reals = points.kind === "points" && points.dimension === 2 ? realPoints(dataset, seed) : null;
    const sample = x !== undefined && y !== undefined ? ([x, y] as const) : null;
    drawPlane(context, width, height, { frame, reals, opinion, sample }, colors);
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

function planeLegend(opinion: Opinion): readonly LegendItem[] {
  const items: LegendItem[] = [
    { mark: "cross", role: "real", text: "real points" },
    { mark: "dot", role: "fake", text: "fakes G(z)" },
  ];
  if (opinion.probability)
    items.push({ mark: "line", role: "discriminator", text: "D = ½; ground: D(x), scale at the right" });
  else items.push({ mark: "line", role: "neutral", text: "ground: D's raw score, its own scale" });
  items.push(SAMPLE);
  return items;
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
