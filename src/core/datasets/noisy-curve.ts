/** Points on a plane curve plus isotropic Gaussian noise: sampler and density. Not a dataset of its own. */
import { random } from "../rng";
import type { PointDataset } from "./types";

export interface NoisyCurve {
  /** Writes the point at parameter t in (0, 1) on the given piece into out[0], out[1]. Must use core/elementary's waves. */
  readonly point: (t: number, piece: number, out: Float64Array) => void;
  /** Equally likely pieces. */
  readonly pieces: number;
  /** Standard deviation of the noise, data units. */
  readonly sigma: number;
  /** "uniform": t = u. "rising": t = √u, density 2t, for spirals whose outer turns are longer. */
  readonly spread: "uniform" | "rising";
}

/** Steps of a midpoint rule per piece: small against the noise for curves of a few data units and sigma ≥ 0.04. */
const NODES = 512;

/**
 * The members of a PointDataset that follow from a curve. The density is the integral of the noise's Gaussian along the
 * curve, by the midpoint rule with steps well below sigma, where the rule's error is far below what a picture shows.
 */
export function noisyCurve(curve: NoisyCurve): Required<Pick<PointDataset, "dimension" | "sample" | "density">> {
  const { point, pieces, sigma, spread } = curve;
  let nodes: Float64Array | undefined; // [pieces · NODES, (x, y, weight)], made when a density is first asked for
  return {
    dimension: 2,
    sample(out, seed, stream, step) {
      const r = random(seed, stream, step);
      const at = new Float64Array(2);
      for (let i = 0; i < out.length; i += 2) {
        const piece = r.integer(pieces);
        const u = r.uniform();
        point(spread === "rising" ? Math.sqrt(u) : u, piece, at);
        out[i] = (at[0] ?? 0) + sigma * r.normal();
        out[i + 1] = (at[1] ?? 0) + sigma * r.second;
      }
    },
    density(x, y = 0) {
      nodes ??= curveNodes(curve);
      const reach = 36 * sigma * sigma; // beyond six sigma a node adds nothing that float32 would notice
      let sum = 0;
      for (let i = 0; i < nodes.length; i += 3) {
        const dx = x - (nodes[i] ?? 0);
        const dy = y - (nodes[i + 1] ?? 0);
        const square = dx * dx + dy * dy;
        if (square < reach) sum += (nodes[i + 2] ?? 0) * Math.exp((-0.5 * square) / (sigma * sigma));
      }
      return sum / (2 * Math.PI * sigma * sigma);
    },
  };
}

function curveNodes({ point, pieces, spread }: NoisyCurve): Float64Array {
  const nodes = new Float64Array(3 * pieces * NODES);
  for (let piece = 0; piece < pieces; piece++) {
    for (let k = 0; k < NODES; k++) {
      const t = (k + 0.5) / NODES;
      const at = 3 * (piece * NODES + k);
      point(t, piece, nodes.subarray(at, at + 2));
      nodes[at + 2] = (spread === "rising" ? 2 * t : 1) / (pieces * NODES);
    }
  }
  return nodes;
}
