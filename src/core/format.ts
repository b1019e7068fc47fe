/** Numbers as people read them: on the stage, on charts and in sentences. No units, no locale, no parsing. */

const SUPERSCRIPTS: Readonly<Record<string, string>> = {
  "-": "⁻",
  "0": "⁰",
  "1": "¹",
  "2": "²",
  "3": "³",
  "4": "⁴",
  "5": "⁵",
  "6": "⁶",
  "7": "⁷",
  "8": "⁸",
  "9": "⁹",
};

/** Below this a plain decimal is mostly zeros, from this on mostly digits that mean nothing. */
const SMALLEST_PLAIN = 1e-3;
const LARGEST_PLAIN = 1e5;

/** A power of ten with a whole exponent, "10⁻³". */
export function powerOfTen(exponent: number): string {
  return `10${[...String(exponent)].map((digit) => SUPERSCRIPTS[digit] ?? digit).join("")}`;
}

/**
 * A number with `digits` significant digits (at least two): "0.413", "12.3", "−4", "3.1·10⁻⁵". "–" for what is not a
 * number, since that means "not computed" on our curves.
 */
export function formatNumber(value: number, digits = 3): string {
  if (Number.isNaN(value)) return "–";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
  if (value === 0) return "0";
  const size = Math.abs(value);
  const sign = value < 0 ? "−" : "";
  if (size < SMALLEST_PLAIN || size >= LARGEST_PLAIN) {
    const [mantissa = "1", exponent = "0"] = size.toExponential(Math.max(0, digits - 2)).split("e");
    return `${sign}${mantissa}·${powerOfTen(Number(exponent))}`;
  }
  const decimals = Math.max(0, digits - 1 - Math.floor(Math.log10(size)));
  return sign + size.toFixed(Math.min(decimals, digits + 2));
}

/** A probability with two decimals, "0.43"; never rounded to a certainty that it is not: "<0.01", ">0.99". */
export function formatProbability(value: number): string {
  if (Number.isNaN(value)) return "–";
  if (value > 0 && value < 0.005) return "<0.01";
  if (value < 1 && value >= 0.995) return ">0.99";
  return value.toFixed(2);
}

/** From where on a tick is written in thousands, in millions or as a power: five digits do not fit beside an axis. */
const TICK_UNITS = [
  { from: 1e9, text: (size: number) => powerText(size) },
  { from: 1e6, text: (size: number) => `${short(size / 1e6)}M` },
  { from: 1e4, text: (size: number) => `${short(size / 1e3)}k` },
] as const;

const MOST_TICK_DECIMALS = 5;
const short = (size: number) => String(Number(size.toPrecision(3)));

/** One factor and a power of ten: "3·10⁹", "10⁻⁴". */
function powerText(size: number): string {
  const [mantissa = "1", exponent = "0"] = size.toExponential(2).split("e");
  const factor = String(Number(mantissa));
  const power = powerOfTen(Number(exponent));
  return factor === "1" ? power : `${factor}·${power}`;
}

/**
 * A round number on an axis, as short as it can be said and unlike its neighbours: "0.25", "−3", "20k", "1.5·10¹¹".
 * @param spacing of the ticks, which says how many decimals matter; three digits are written without it
 */
export function formatTick(value: number, spacing?: number): string {
  const size = Math.abs(value);
  const sign = value < 0 ? "−" : "";
  const unit = TICK_UNITS.find(({ from }) => size >= from);
  if (unit !== undefined) return sign + unit.text(size);
  if (size > 0 && size < SMALLEST_PLAIN) return sign + powerText(size);
  if (spacing === undefined) return sign + short(size);
  const decimals = Math.max(0, 1 - Math.floor(Math.log10(spacing || 1) + 1e-9)); // 0.25 is a round number too
  return sign + String(Number(size.toFixed(Math.min(decimals, MOST_TICK_DECIMALS))));
}

/** A training step on an axis: "800", "1.5k", "20k", "1.2M". */
export function formatStep(step: number): string {
  const size = Math.abs(step);
  if (size >= 1e6) return `${trim(step / 1e6)}M`;
  if (size >= 1e3) return `${trim(step / 1e3)}k`;
  return trim(step);
}

const trim = (value: number) => String(Number(value.toFixed(2)));

/** An amount of memory, in decimal units and two digits: "850 kB", "17 GB". */
export function formatBytes(bytes: number): string {
  for (const [unit, size] of BYTE_UNITS) if (bytes >= size) return `${Number((bytes / size).toPrecision(2))} ${unit}`;
  return `${bytes} B`;
}

const BYTE_UNITS = [
  ["TB", 1e12],
  ["GB", 1e9],
  ["MB", 1e6],
  ["kB", 1e3],
] as const;

/** About `count` round numbers (1, 2 or 5 times a power of ten apart) from `low` to `high`, ends included where round. */
export function roundTicks(low: number, high: number, count: number): number[] {
  if (!(high > low) || !Number.isFinite(high - low)) return [];
  const rough = (high - low) / Math.max(1, count);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5, 10].find((factor) => factor * power >= rough * 0.999) ?? 10);
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  // Ends that differ by no more than rounding: counting in such steps gets nowhere beyond 2^53, and never ends.
  if (!(Math.max(Math.abs(first), Math.abs(last)) < MOST_TICK_INDEX)) return [];
  // 0.30000000000000004 is not a round number
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

/** Ticks are told apart by their first twelve digits. */
const MOST_TICK_INDEX = 1e12;
