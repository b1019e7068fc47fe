/** Takes the latent of a generated sample on the stage: the stage's latents are fixed, so a sample's number names its z. */
import type { ArmView } from "../../client/store";
import { playground } from "../../client/use-playground";
import { stageLatents } from "../../core/latents";
import { nearestFake } from "./plot-scales";

/** Whether the sliders can be at latents of this arm: arms of a comparison may differ in the latent's size. */
export function canTake(view: ArmView): boolean {
  return view.config.latent.size === playground().store.getState().latent.length;
}

/** Moves the sliders' point to the latent of sample `index` of the arm's picture. */
export function takeFake(view: ArmView, index: number): void {
  if (!canTake(view)) return;
  const { size } = view.config.latent;
  const latents = stageLatents(view.config, index + 1);
  playground().actions.setLatent(latents.slice(index * size, (index + 1) * size));
}

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
