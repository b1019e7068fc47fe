/** Whether a run has blown up although every number is still finite: fakes far outside the picture, losses beyond sense. */
import type { ExperimentConfig } from "../config";
import { datasetOf } from "../datasets";
import type { Curves } from "../history";
import { outsideShare, reach } from "../outside";
import type { ReadingId } from "../readings";
import type { StageFrame } from "../stage";
import { columnReader } from "../step-table";

/** A loss of this size says that weights ran away; sound ones stay far below. */
const SENSELESS_LOSS = 1e6;
/** Below this a run counts as sound, if its fakes are where they can be seen. */
const SOUND_LOSS = 1e4;

/** What is known of an arm. */
export interface ArmLook {
  readonly config: ExperimentConfig;
  readonly stage: { readonly frame: StageFrame } | null;
  readonly curves: Curves | null;
}

export interface Runaway {
  /** How far the fakes reach, data units, where all of them lie outside the picture of the data; else null. */
  readonly reach: number | null;
  /** The larger of the latest losses, where it is senseless; else null. */
  readonly loss: number | null;
}

/** What of an arm has run away; null when nothing has. */
export function runawayOf(look: ArmLook): Runaway | null {
  const fakes = pointsOf(look);
  const loss = largestLoss(look.curves);
  const found = {
    reach: fakes !== null && fakes.outside === 1 ? reach(fakes.points) : null,
    loss: Math.abs(loss) >= SENSELESS_LOSS ? loss : null,
  };
  return found.reach === null && found.loss === null ? null : found;
}

/** Whether an arm is a state that is worth going back to: most fakes are in the picture, and its losses make sense. */
export function isSound(look: ArmLook): boolean {
  const outside = pointsOf(look)?.outside ?? 0;
  return look.stage !== null && outside < 0.5 && !(Math.abs(largestLoss(look.curves)) >= SOUND_LOSS);
}

function pointsOf({ config, stage }: ArmLook): { points: Float32Array; outside: number } | null {
  const data = datasetOf(config.dataset);
  const frame = stage?.frame;
  if (data.kind !== "points" || frame === undefined || frame.kind === "images") return null;
  return { points: frame.fakes, outside: outsideShare(frame.fakes, data.dimension, data.extent) };
}

/** The latest loss of D or of G, whichever is farther from 0; 0 before there are any. */
function largestLoss(curves: Curves | null): number {
  if (curves === null) return 0;
  const last = (name: ReadingId) => columnReader(curves, name)(curves.steps.length - 1) || 0; // NaN: not computed
  const [d, g] = [last("dLoss"), last("gLoss")];
  return Math.abs(d) > Math.abs(g) ? d : g;
}
