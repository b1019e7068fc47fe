/** Takes the latent of a generated sample on the stage: the stage's latents are fixed, so a sample's number names its z. */
import type { ArmView } from "../../client/store";
import { playground } from "../../client/use-playground";
import { CLASS_COLUMNS, stageLatents } from "../../core/latents";
import type { StageFrame } from "../../core/stage";
import { nearestFake } from "./plot-scales";

/** Whether the sliders can be at latents of this arm: arms of a comparison may differ in the latent's size. */
export function canTake(view: ArmView): boolean {
  return view.config.latent.size === playground().store.getState().latent.length;
}

/** Moves the sliders' point to the latent of sample `index` of the arm's picture, and chooses its class. */
export function takeFake(view: ArmView, index: number): void {
  if (!canTake(view)) return;
  const { size } = view.config.latent;
  const place = latentIndex(view.stage?.frame, index);
  const latents = stageLatents(view.config, place + 1);
  const { actions } = playground();
  const label = askedOf(view.stage?.frame)?.labels[index];
  if (label !== undefined) actions.setLabel(label);
  actions.setLatent(latents.slice(place * size, (place + 1) * size));
}

const askedOf = (frame: StageFrame | undefined) => (frame !== undefined && "asked" in frame ? frame.asked : undefined);

/** Which of the stage's latents a sample was made of: in a grid of a row a class, all rows are of the same ones. */
const latentIndex = (frame: StageFrame | undefined, index: number): number =>
  frame?.kind === "images" && frame.asked !== undefined ? index % CLASS_COLUMNS : index;

/** The fake that a press at x would take, data units; null where there is none. */
export function fakeAt(
  view: ArmView | undefined,
  dimension: 1 | 2,
  x: ArrayLike<number>,
  near: number,
): Float32Array | null {
  const frame = view?.stage?.frame;
  if (view === undefined || frame === undefined || !canTake(view)) return null;
  if (frame.kind !== (dimension === 1 ? "line" : "plane")) return null;
  const index = nearestFake(frame.fakes, dimension, x, near);
  return index < 0 ? null : frame.fakes.subarray(index * dimension, (index + 1) * dimension);
}
