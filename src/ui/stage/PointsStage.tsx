/** The stage for points on the line or the plane: one canvas, its legend, and the same in words. */

import { type ReactNode, useCallback, useId, useState } from "react";
import type { ArmView, PlaygroundState } from "../../client/store";
import { playground, usePlayground } from "../../client/use-playground";
import type { ArmId } from "../../core/arms";
import { isAdversarial, lossOf } from "../../core/config";
import { type DatasetId, datasetOf } from "../../core/datasets";
import type { LossId } from "../../core/losses";
import { isTold, judgesByClass } from "../../core/models";
import { type Opinion, opinionOf } from "../../core/opinion";
import { hasOptimum } from "../../core/optimum";
import { wholePlane } from "../../core/plane-window";
import { measuresFor } from "../../core/quality/measures";
import { useRoleColors } from "../theme/use-role-colors";
import { Canvas, type Paint } from "./Canvas";
import { Legend, type LegendItem } from "./Legend";
import { ARM, type ForArm, forEachArm, SPOKEN_MS, useArmSource, useThrottled } from "./live";
import { useMorph } from "./morph";
import { D_ENDS, paintLine, paintPlane } from "./paint-points";
import { StageReader } from "./StageReader";
import { sharedHeatScale } from "./shared-scale";
import { SteadyScale } from "./steady-scale";
import { useClusterLights } from "./use-cluster-lights";
import { useLayers } from "./use-layers";
import { type MapId, useMap, useShownMap } from "./use-map";
import { useViewSettings } from "./view-settings";
import { describeFrame } from "./words";

interface Props {
  readonly arm: ArmId;
  readonly kind: "line" | "plane";
  readonly dataset: DatasetId;
  readonly loss: LossId | null;
  /** Whether the picture has its own colour scale beside it; arms share one. */
  readonly scaleBeside: boolean;
  /** What stands over the picture. */
  readonly children: ReactNode;
}

/** What of an arm is drawn here. */
const DRAWN = ["config", "stage", "latentSample", "quality"] as const;

export function PointsStage({ arm, kind, loss, scaleBeside, children }: Props) {
  const words = useId();
  const colors = useRoleColors();
  const source = useArmSource(arm, DRAWN);
  const layers = useLayers(kind === "line" ? 1 : 2);
  const map = useMap();
  const lit = useClusterLights(source);
  const heat = useViewSettings((state) => state.heat);
  const shared = usePlayground(scaleBeside ? noScale : sharedHeatScale);
  const [steady] = useState(() => new SteadyScale());
  const opinion = opinionOf(loss);
  const window = usePlayground((state) => state.window);
  const bent = useMorph((state) => state.bent) ?? 1;
  const paint = useCallback<Paint>(
    (context, width, height) => {
      const view = source.get();
      const frame = view?.stage?.frame;
      if (!view || !frame) return;
      const loss = lossOf(view.config);
      const opinion = opinionOf(loss);
      const of = { arm: view.id, step: view.stage?.step ?? 0, loss, bent };
      if (frame.kind === "line") paintLine(context, width, height, view, { frame, opinion, layers, of }, colors);
      if (frame.kind !== "plane") return;
      const other = map?.(view.config, frame) ?? null;
      // What arms share must mean the same for each of them.
      const common = other === null && opinion.probability && heat === "contrast" ? shared : null;
      const visiting = playground().store.getState().visited !== null;
      const part = frame.window !== undefined;
      const scale = other?.scale ?? common ?? steady.of(frame.logits, frame.logits, opinion, heat, visiting, part);
      const ends = other?.ends ?? D_ENDS;
      const shown = { map: other?.values ?? frame.logits, undecided: other?.logits ?? opinion.probability, ends };
      const scene = {
        frame,
        window: window ?? wholePlane(frame.extent),
        layers,
        of,
        ...shown,
        scale,
        clusters: lit.lights(view),
        scaleBeside,
      };
      paintPlane(context, width, height, view, scene, colors);
    },
    [source, lit, heat, shared, colors, layers, map, scaleBeside, bent, steady, window],
  );
  return (
    <>
      <div className="stage-canvas">
        <Canvas label="Stage" describedBy={words} subscribe={lit.subscribe} paint={paint} />
        <Reader arm={arm} kind={kind} scaleBeside={scaleBeside} />
        {children}
      </div>
      <Words id={words} arm={arm} opinion={opinion} />
    </>
  );
}

/** A lone arm's picture has a scale of its own. */
const noScale = () => null;

/** The layer that is pointed at; it must know how far the picture goes. */
function Reader({ arm, kind, scaleBeside }: Pick<Props, "arm" | "kind" | "scaleBeside">) {
  const extent = usePlayground((state) => {
    const frame = ARM[arm](state)?.stage?.frame;
    return frame === undefined || frame.kind === "images" ? null : frame.extent;
  });
  if (extent === null) return null;
  return <StageReader arm={arm} dimension={kind === "line" ? 1 : 2} extent={extent} scaleBeside={scaleBeside} />;
}

interface LegendProps extends Omit<Props, "arm" | "children"> {
  /** Whether another list beside explains what all pictures have. */
  readonly besides: boolean;
}

/** What the marks on the stage for points mean. */
export function PointsLegend({ kind, dataset, loss, scaleBeside, besides }: LegendProps) {
  const layers = useLayers(kind === "line" ? 1 : 2);
  const map = useShownMap();
  const several = usePlayground(hasSeveralLosses);
  const opinion = opinionOf(loss);
  const best = usePlayground(({ experiment }) =>
    experiment.arms.some(({ config }) => lossOf(config) === loss && isAdversarial(config) && hasOptimum(config.model)),
  );
  const packed = usePlayground(({ experiment }) =>
    experiment.arms.some(({ config }) => lossOf(config) === loss && isAdversarial(config) && config.model.packing > 1),
  );
  const told = usePlayground(({ experiment }) =>
    experiment.arms.some(({ config }) => lossOf(config) === loss && isTold(config)),
  );
  const byClass = usePlayground(({ experiment }) =>
    experiment.arms.some(({ config }) => lossOf(config) === loss && judgesByClass(config)),
  );
  const known = datasetOf(dataset);
  if (known.kind !== "points") return null;
  const exact = known.density !== undefined;
  const clusters = measuresFor(dataset).includes("modes20");
  const marks =
    loss === null
      ? besides
        ? [COPIES]
        : codedLegend(kind, exact, clusters)
      : kind === "line"
        ? lineLegend(opinion, exact, best, { told, byClass })
        : planeLegend(opinion, clusters, scaleBeside ? map : null, { packed, told, byClass });
  const company = kind === "line" && packed ? [COMPANY] : [];
  // Layers mean the same in all pictures: one list explains them.
  const layered = besides ? [] : layers.flatMap((layer) => layer.legend(several));
  return <Legend items={[...marks, ...company, ...layered]} />;
}

/** Whether arms differ in their loss; a model that plays no game has none. */
const hasSeveralLosses = ({ arms }: PlaygroundState): boolean =>
  new Set(arms.map(({ config }) => lossOf(config)).filter((loss) => loss !== null)).size > 1;

const SAMPLE: LegendItem = { mark: "ring", role: "generator", text: "your latent's sample" };

/** Fakes of a model that is told classes. */
const TOLD = "fakes G(z, y), a hue a class y";

const EXACT: LegendItem = { mark: "line", role: "real", text: "p_data, exact" };
const SMOOTHED: LegendItem = { mark: "line", role: "fake", text: "p_g, kernel density" };
/** D of a model that is told classes judges places as samples of the class that is asked for. */
const AS_CLASS = ", as the class asked for";

function lineLegend(
  opinion: Opinion,
  density: boolean,
  best: boolean,
  { told, byClass }: { readonly told: boolean; readonly byClass: boolean },
): readonly LegendItem[] {
  const items: LegendItem[] = [];
  if (density) items.push(EXACT);
  items.push({ mark: "bars", role: "fake", text: told ? TOLD : "fakes" }, SMOOTHED);
  const own = opinion.probability ? "D(x)" : "D's raw score (right axis, no probability)";
  items.push({ mark: "line", role: "discriminator", text: byClass ? `${own}${AS_CLASS}` : own });
  if (density && best) items.push({ mark: "dashed", role: "discriminator", text: "best D* for these" });
  items.push({ mark: "dotted", role: "neutral", text: opinion.probability ? "½: cannot tell" : "score 0" }, SAMPLE);
  return items;
}

const MAP_WORDS: Readonly<Record<MapId, string | null>> = {
  d: null,
  best: "best D*",
  difference: "D − D*",
  ratio: "D's ratio against p_data / p_g",
};

/** D judges several samples at once: with whom it judges what is drawn of it. */
const COMPANY: LegendItem = {
  mark: "line",
  role: "discriminator",
  text: "D judges packs: each place beside real samples",
};

/** @param map what lies behind the samples, where its colour bar stands beside; else null */
function planeLegend(
  opinion: Opinion,
  clusters: boolean,
  map: MapId | null,
  { packed, told, byClass }: { readonly packed: boolean; readonly told: boolean; readonly byClass: boolean },
): readonly LegendItem[] {
  const items: LegendItem[] = [
    { mark: "cross", role: "real", text: "real points" },
    { mark: "dot", role: "fake", text: told ? TOLD : "fakes G(z)" },
  ];
  const line = map === "best" ? "D* = ½" : "D = ½: cannot tell";
  if (opinion.probability && map !== "difference" && map !== "ratio")
    items.push({ mark: "line", role: "discriminator", text: line });
  const own = `${opinion.probability ? "D's opinion" : "D's score"}${byClass ? AS_CLASS : ""}`;
  if (map !== null && !packed) items.push({ mark: "map", role: "neutral", text: MAP_WORDS[map] ?? own });
  if (packed) items.push({ ...COMPANY, mark: "map" });
  if (clusters) items.push({ mark: "found", role: "ink", text: "cluster found" });
  items.push(SAMPLE);
  return items;
}

const COPIES: LegendItem = {
  mark: "copies",
  role: "ink",
  text: "reals to their copies, hue by direction of the code's first two numbers",
};

/** Of a model that codes samples and makes them again. */
function codedLegend(kind: "line" | "plane", density: boolean, clusters: boolean): readonly LegendItem[] {
  if (kind === "line") {
    const bars: LegendItem = { mark: "bars", role: "fake", text: "samples of random z" };
    return [...(density ? [EXACT] : []), bars, SMOOTHED, COPIES, SAMPLE];
  }
  return [
    { mark: "cross", role: "real", text: "real points" },
    COPIES,
    { mark: "dot", role: "fake", text: "samples of random z" },
    ...(clusters ? [{ mark: "found", role: "ink", text: "cluster found" } as const] : []),
    SAMPLE,
  ];
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
