/** What the coloured shapes are made of, read off their pixels: for generated ones, of which nobody knows the factors. Numbers only. */
import { GROUND } from "./data/shapes";

export const SHAPE_FACTORS = ["x", "y", "size", "hue (cosine)", "hue (sine)"] as const;

/** @param image [side, side, 3], values from -1 to 1 @returns the factors in order; all NaN for an image without a shape */
export function shapeFactors(image: ArrayLike<number>, side: number): readonly number[] {
  let [sum, x, y] = [0, 0, 0];
  const colour = [0, 0, 0];
  for (let i = 0; i < side * side; i++) {
    const away = GROUND.map((ground, c) => (127.5 * ((image[3 * i + c] ?? 0) + 1) - ground) / 255);
    // How much of the shape is in this pixel: what differs from the ground.
    const weight = Math.max(0, ...away);
    sum += weight;
    x += weight * ((i % side) + 0.5);
    y += weight * (Math.floor(i / side) + 0.5);
    for (let c = 0; c < 3; c++) colour[c] = (colour[c] ?? 0) + weight * (away[c] ?? 0);
  }
  if (sum < 0.5) return SHAPE_FACTORS.map(() => Number.NaN);
  const [red = 0, green = 0, blue = 0] = colour;
  const hue = Math.atan2(Math.sqrt(3) * (green - blue), 2 * red - green - blue);
  return [x / sum, y / sum, Math.sqrt(sum), Math.cos(hue), Math.sin(hue)];
}
