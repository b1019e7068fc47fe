/** What a layer of the picture of points is drawn from. One file a layer beside this one; index.ts is the menu. */
import type { LossId } from "../../../core/losses";
import type { PlaneWindow } from "../../../core/plane-window";
import type { StageFrame } from "../../../core/stage";
import type { RoleColors } from "../../theme/colors";
import type { Rect } from "../axes";
import type { LegendItem } from "../Legend";

export type PointsFrame = Extract<StageFrame, { readonly kind: "line" | "plane" }>;

export interface LayerScene {
  readonly frame: PointsFrame;
  /** What of the plane is shown; of the line its whole picture. */
  readonly window: PlaneWindow;
  /** Whose picture it is: what is the same object is the same arm. */
  readonly arm: string;
  /** The training step of the frame. */
  readonly step: number;
  /** [n, dimension], data units; null where the frame's data are not known. */
  readonly reals: Float32Array | null;
  /** How far G's grid is bent: less than 1 while its morph plays, 1 where left out. */
  readonly bent?: number;
  /** The arm's own loss. */
  readonly loss: LossId | null;
  /** Where the plot lies, CSS pixels. */
  readonly rect: Rect;
  /** Pixels of data units. */
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
  /** Where the i-th fake lies, pixels. */
  readonly at: (i: number) => readonly [number, number];
}

export interface StageLayer {
  /** Whether it lies under the samples, or over them. */
  readonly place: "below" | "above";
  /** Draws into the plot, which is clipped. */
  draw(context: CanvasRenderingContext2D, scene: LayerScene, colors: RoleColors): void;
  /** What its marks mean. @param several whether arms with other losses stand beside */
  legend(several: boolean): readonly LegendItem[];
}
