/**
 * Colours for places of data space, so that a place in a map of latent space says where G sends it: hue is the direction from
 * the middle, strength the distance. Muted, since marks lie over them, and no role's colour. Pure arithmetic.
 */

export type Rgb = readonly [red: number, green: number, blue: number];

/** Lightness and chroma in OKLCH (Ottosson 2020, "A perceptual color space for image processing"). */
const LOOKS = {
  light: { lightness: 0.83, chroma: 0.12, ground: 0.95 },
  dark: { lightness: 0.46, chroma: 0.1, ground: 0.28 },
} as const;

export type MapScheme = keyof typeof LOOKS;

/**
 * Bytes of a place's colour.
 * @param y for data on the line: null
 * @param strength 0: the map's ground, 1: full colour
 */
export function positionColor(x: number, y: number | null, extent: number, strength: number, scheme: MapScheme): Rgb {
  if (!Number.isFinite(x) || (y !== null && !Number.isFinite(y))) return oklch(LOOKS[scheme].ground, 0, 0);
  const { lightness, chroma, ground } = LOOKS[scheme];
  const inside = Math.min(1, Math.max(-1, x / extent));
  // On the line three quarters of the circle: the two ends must not look alike.
  const hue = y === null ? (0.75 + 0.75 * inside) * Math.PI : Math.atan2(y, x);
  const distance = y === null ? 1 : Math.min(1, Math.hypot(x, y) / (0.6 * extent));
  const share = Math.min(1, Math.max(0, strength));
  return oklch(ground + (lightness - ground) * share, chroma * distance * share, hue);
}

/** OKLCH to sRGB bytes; colours outside of sRGB are clipped. */
function oklch(lightness: number, chroma: number, hue: number): Rgb {
  const a = chroma * Math.cos(hue);
  const b = chroma * Math.sin(hue);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    byte(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    byte(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    byte(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ];
}

function byte(linear: number): number {
  const value = linear <= 0.0031308 ? 12.92 * linear : 1.055 * linear ** (1 / 2.4) - 0.055;
  return Math.round(255 * Math.min(1, Math.max(0, value)));
}
