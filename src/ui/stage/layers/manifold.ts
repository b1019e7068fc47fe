/** G's grid: a square net of latents as G bends it over the data. Each mesh's strength is the density that G gives it. */
import { latentHue } from "../latent-hue";
import { playMorph } from "../morph";
import type { StageLayer } from "./types";

/** How strong the densest mesh is; the others as the square root of their density, or only a few would be seen. */
const STRONGEST = 0.55;
/** The mesh at this share of all, from the densest on, counts as the densest: a point onto which G folds has no bound. */
const DENSEST = 0.1;
/** The share of the picture that the net takes before G bends it. */
const MORPH_ROOM = 0.9;
/** Nothing of the grid is invisible. */
const FAINTEST = 0.04;

export const manifold: StageLayer = {
  place: "below",
  draw(context, { frame, bent = 1, x, y }) {
    const grid = frame.views.manifold;
    if (grid === undefined) return;
    const { size, samples, reach } = grid;
    // The net as it is in latent space fills the picture.
    const flat = (i: number) => MORPH_ROOM * frame.extent * ((2 * i) / (size - 1) - 1);
    const at = (row: number, column: number, axis: number) =>
      bent * (samples[2 * (row * size + column) + axis] ?? 0) + (1 - bent) * flat(axis === 0 ? column : row);
    const meshes: { readonly row: number; readonly column: number; readonly z: Latent; readonly density: number }[] =
      [];
    for (let row = 0; row + 1 < size; row++) {
      for (let column = 0; column + 1 < size; column++) {
        const [ax, ay] = [
          at(row + 1, column + 1, 0) - at(row, column, 0),
          at(row + 1, column + 1, 1) - at(row, column, 1),
        ];
        const [bx, by] = [
          at(row + 1, column, 0) - at(row, column + 1, 0),
          at(row + 1, column, 1) - at(row, column + 1, 1),
        ];
        const area = Math.abs(ax * by - ay * bx) / 2;
        const z = latentOf(row + 0.5, column + 0.5, size, reach);
        const weight = reach === 1 ? 1 : Math.exp(-0.5 * (z[0] ** 2 + z[1] ** 2));
        meshes.push({ row, column, z, density: weight / Math.max(area, 1e-9) });
      }
    }
    const densities = meshes.map(({ density }) => density).sort((a, b) => b - a);
    const top = densities[Math.floor(DENSEST * densities.length)] ?? 1;
    for (const { row, column, z, density } of meshes) {
      const strength = STRONGEST * Math.sqrt(Math.min(1, density / top));
      context.fillStyle = latentHue(z, Math.max(FAINTEST, strength));
      context.beginPath();
      context.moveTo(x(at(row, column, 0)), y(at(row, column, 1)));
      context.lineTo(x(at(row, column + 1, 0)), y(at(row, column + 1, 1)));
      context.lineTo(x(at(row + 1, column + 1, 0)), y(at(row + 1, column + 1, 1)));
      context.lineTo(x(at(row + 1, column, 0)), y(at(row + 1, column, 1)));
      context.closePath();
      context.fill();
    }
  },
  legend: () => [
    {
      mark: "grid",
      role: "generator",
      text: "G's grid: hue by direction of z",
      play: { name: "Play: from z to G(z)", run: playMorph },
    },
  ],
};

type Latent = readonly [number, number];

/** The latent at a place of the grid. */
function latentOf(row: number, column: number, size: number, reach: number): Latent {
  const along = (i: number) => reach * ((2 * i) / (size - 1) - 1);
  return [along(column), along(row)];
}
