/** Two pinned latent points to go between. A value, no React. */

export interface Pins {
  readonly a: Float32Array | null;
  readonly b: Float32Array | null;
}

export const NO_PINS: Pins = { a: null, b: null };
