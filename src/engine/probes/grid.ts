/** The points at which D's map is drawn. Numbers only. */
import type { PlaneWindow } from "../../core/plane-window";

/** `count` points from -extent to extent, ends included: [count, 1]. */
export function lineGrid(count: number, extent: number): Float32Array {
  return Float32Array.from({ length: count }, (_, i) => extent * ((2 * i) / (count - 1) - 1));
}

/** Centres of size × size equal cells over a window, row 0 at the top (largest y): [size · size, 2]. */
export function planeGrid(size: number, { x, y, half }: PlaneWindow): Float32Array {
  const points = new Float32Array(size * size * 2);
  const centre = (i: number) => half * ((2 * i + 1) / size - 1);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const at = 2 * (row * size + column);
      points[at] = x + centre(column);
      points[at + 1] = y - centre(row);
    }
  }
  return points;
}
