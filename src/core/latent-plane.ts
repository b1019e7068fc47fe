/** The latents that a map of latent space is made of: a grid over two dimensions, the others held. Numbers only. */

/**
 * Centres of side × side equal cells over [-range, range]² of the dimensions `across` and `up`, row 0 at the top (largest
 * `up`): [side · side, z.length], row-major. All other dimensions are as in `z`.
 */
export function latentPlane(
  z: Float32Array,
  side: number,
  range: number,
  [across, up]: readonly [across: number, up: number],
): Float32Array<ArrayBuffer> {
  const size = z.length;
  const points = new Float32Array(side * side * size);
  const centre = (i: number) => range * ((2 * i + 1) / side - 1);
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      const at = (row * side + column) * size;
      points.set(z, at);
      points[at + across] = centre(column);
      points[at + up] = -centre(row);
    }
  }
  return points;
}
