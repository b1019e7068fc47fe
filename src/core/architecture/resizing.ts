/** How a shortcut round layers gets from one image's size to another's. Arithmetic of shapes only. */
import type { Shape } from "./shape";

/** From positions to positions: each `factor` × `factor` averaged to one, or each repeated so often. */
export interface Resizing {
  readonly kind: "average" | "repeat";
  readonly factor: number;
}

/** How a shortcut gets from one shape's positions to another's; null where no whole factor leads there. */
export function resizing(from: Shape, to: Shape): Resizing | null {
  if (from.length !== to.length || (from.length !== 1 && from.length !== 3)) return null;
  if (from.length === 1) return { kind: "repeat", factor: 1 };
  const [height = 0, width = 0] = from;
  const [tall = 0, wide = 0] = to;
  const kind = height > tall ? "average" : "repeat";
  const factor = kind === "average" ? height / tall : tall / height;
  const fits = kind === "average" ? width === wide * factor : wide === width * factor;
  return Number.isInteger(factor) && fits ? { kind, factor } : null;
}
