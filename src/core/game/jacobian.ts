/** Jacobians of maps of the plane, and eigenvalues of two-by-two matrices. */
import type { Field, Point } from "./field";

/** Row by row: [[∂f₁/∂θ, ∂f₁/∂ψ], [∂f₂/∂θ, ∂f₂/∂ψ]]. */
export type Matrix = readonly [Point, Point];

export interface Complex {
  readonly re: number;
  readonly im: number;
}

/** Of central differences: their error is of the square, rounding of the inverse. */
const REACH = 1e-5;

/** By central differences: about ten digits for smooth maps. At a kink it is the mean of both sides. */
export function jacobian(map: Field, [theta, psi]: Point): Matrix {
  const along = (dTheta: number, dPsi: number): Point => {
    const [ahead, behind] = [map([theta + dTheta, psi + dPsi]), map([theta - dTheta, psi - dPsi])];
    return [(ahead[0] - behind[0]) / (2 * REACH), (ahead[1] - behind[1]) / (2 * REACH)];
  };
  const [byTheta, byPsi] = [along(REACH, 0), along(0, REACH)];
  return [
    [byTheta[0], byPsi[0]],
    [byTheta[1], byPsi[1]],
  ];
}

/** The two roots of λ² − trace·λ + determinant, the one with the larger imaginary (or real) part first. */
export function eigenvalues([[a, b], [c, d]]: Matrix): readonly [Complex, Complex] {
  return quadraticRoots({ re: -(a + d), im: 0 }, { re: a * d - b * c, im: 0 });
}

/** The two roots of λ² + p·λ + q with complex p and q. */
export function quadraticRoots(p: Complex, q: Complex): readonly [Complex, Complex] {
  const root = squareRoot({ re: p.re * p.re - p.im * p.im - 4 * q.re, im: 2 * p.re * p.im - 4 * q.im });
  return [
    { re: (-p.re + root.re) / 2, im: (-p.im + root.im) / 2 },
    { re: (-p.re - root.re) / 2, im: (-p.im - root.im) / 2 },
  ];
}

function squareRoot({ re, im }: Complex): Complex {
  const size = Math.hypot(re, im);
  const root = { re: Math.sqrt((size + re) / 2), im: Math.sqrt((size - re) / 2) };
  return im < 0 ? { re: root.re, im: -root.im } : root;
}

export const modulus = ({ re, im }: Complex): number => Math.hypot(re, im);
