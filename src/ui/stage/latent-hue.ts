/** A colour by direction in latent space: the hues all round, the same lightness. Of more numbers than two the first two count. */
export function latentHue(z: ArrayLike<number>, alpha: number): string {
  const degrees = Math.round((Math.atan2(z[1] ?? 0, z[0] ?? 0) * 180) / Math.PI + 360) % 360;
  return `hsl(${degrees} 70% 45% / ${alpha.toFixed(3)})`;
}
