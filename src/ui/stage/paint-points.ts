/** Points with what belongs to their data: densities, reals, the best D, the latent's sample. What is shown is handed in; no React. */
import type { ArmView } from "../../client/store";
import { isAdversarial } from "../../core/config";
import { datasetOf } from "../../core/datasets";
import type { RoleColors } from "../theme/colors";
import { bestDiscriminator, drawLine, type LineScene } from "./line-view";
import { drawPlane, type PlaneScene } from "./plane-view";
import { realDensity, realPoints } from "./real-samples";

/** What of an arm is painted beside its frame. */
export type Painted = Pick<ArmView, "config" | "latentSample">;

/** What stands at the ends of the scale of D's own map. */
export const D_ENDS = ["fake", "real"] as const;

/** One arm's points on the line, with their densities where these are known. Sizes in CSS pixels. */
export function paintLine(
  context: CanvasRenderingContext2D,
  width: number,
  height: number,
  { config, latentSample }: Painted,
  scene: Omit<LineScene, "pData" | "best" | "sample">,
  colors: RoleColors,
): void {
  const pData = realDensity(config.dataset, scene.frame.extent);
  const points = datasetOf(config.dataset);
  const best =
    points.kind === "points" && isAdversarial(config) ? bestDiscriminator(config.model, points, scene.frame) : null;
  const sample = latentSample?.values[0] ?? null;
  drawLine(context, width, height, { ...scene, pData, best, sample }, colors);
}

/** One arm's points in the plane. Sizes in CSS pixels. */
export function paintPlane(
  context: CanvasRenderingContext2D,
  width: number,
  height: number,
  { config, latentSample }: Painted,
  scene: Omit<PlaneScene, "reals" | "sample">,
  colors: RoleColors,
): void {
  // After a change of data the last picture of the old ones may still be here.
  const points = datasetOf(config.dataset);
  const reals = points.kind === "points" && points.dimension === 2 ? realPoints(config.dataset, config.seed) : null;
  const [x, y] = [latentSample?.values[0], latentSample?.values[1]];
  const sample = x !== undefined && y !== undefined ? ([x, y] as const) : null;
  drawPlane(context, width, height, { ...scene, reals, sample }, colors);
}
