/**
 * The scale of D's map: which values have which colours, and what stands at its colour bar. Arithmetic only; pixels and lines
 * are heat-map.ts.
 *
 * Colours are placed by the logit, since a D that is sure everywhere differs only there: between 1 % and 0.01 % a scale of
 * probabilities is one flat orange. The ends follow the data, at round probabilities, and the bar says them.
 */
import { sigmoid } from "../../core/density";
import { powerOfTen, roundTicks } from "../../core/format";
import type { Opinion } from "../../core/opinion";

/** "contrast": the ends follow the data; "whole": always from 0 to 1, placed by probability. Scores always follow. */
export type HeatMode = "contrast" | "whole";

export interface HeatScale {
  /** The values at the ends: logits or scores for "contrast", probabilities for "whole". */
  readonly low: number;
  readonly high: number;
  readonly kind: "logit" | "score" | "probability";
}

/** Share of the map at each end that may lie beyond the scale: single peaks must not take all the contrast. */
const BEYOND = 0.01;

/** Round odds: logits at which the scale may end and be labelled, from ½ outwards. */
const LEVELS = [0.5, 0.3, 0.2, 0.1, 0.05, 0.02, 0.01, 1e-3, 1e-4, 1e-6, 1e-9, 1e-13].map((p) => Math.log(p / (1 - p)));

/**
 * @param former the scale before, which stays while it is nearly right: colours must not flicker
 */
export function heatScale(
  logits: Float32Array,
  opinion: Opinion,
  mode: HeatMode,
  former: HeatScale | null = null,
): HeatScale {
  if (opinion.probability && mode === "whole") return { low: 0, high: 1, kind: "probability" };
  const [least, most] = ends(logits);
  const kind = opinion.probability ? "logit" : "score";
  const next = opinion.probability ? roundEnds(least, most) : { low: least, high: most };
  if (former?.kind === kind) {
    const [room, wanted] = [former.high - former.low, next.high - next.low];
    const slack = 0.08 * room;
    if (least >= former.low - slack && most <= former.high + slack && wanted >= 0.6 * room) return former;
  }
  return { ...next, kind };
}

/** The values that all but the few most extreme lie between; at least a little apart. */
function ends(logits: Float32Array): readonly [number, number] {
  const sorted = logits.filter(Number.isFinite).sort();
  if (sorted.length === 0) return [-1, 1];
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))] ?? 0;
  const [low, high] = [at(BEYOND), at(1 - BEYOND)];
  return high - low > 1e-6 ? [low, high] : [low - 1, high + 1];
}

/** The nearest round probabilities outside of both ends; ½ is an end, or within, unless all is far from it. */
function roundEnds(least: number, most: number): { low: number; high: number } {
  const down = (logit: number) => [...LEVELS].find((level) => level <= logit) ?? logit;
  const up = (logit: number) => [...LEVELS].reverse().find((level) => level >= logit) ?? 0;
  const below = (logit: number) => (logit > 0 ? -up(-logit) : down(logit)); // the next level at or below
  const above = (logit: number) => (logit > 0 ? -down(-logit) : up(logit));
  const [low, high] = [below(least), above(most)];
  return low < high ? { low, high } : { low: low - 1, high: high + 1 };
}

/**
 * Where a value lies between the colours: -1 is all fake, 0 undecided, 1 all real. One hue is one side of ½, always; when all
 * of the map lies on one side, its palest colour still is that side's.
 */
export function heatPosition(logit: number, { low, high, kind }: HeatScale): number {
  if (kind === "score") return clamp((2 * (logit - low)) / (high - low) - 1);
  if (kind === "probability") return 2 * sigmoid(logit) - 1;
  // A side that the scale does not reach is as long as the other one: small islands there stay pale.
  if (logit < 0) return -strength(-logit, Math.max(0, -high), low < 0 ? -low : high);
  return strength(logit, Math.max(0, low), high > 0 ? high : -low);
}

const PALEST = 0.15;

/** From the palest at `near` to 1 at `far`, where `near` is not ½ itself; from 0 where it is. */
function strength(distance: number, near: number, far: number): number {
  const share = far > near ? clamp((distance - near) / (far - near)) : 1;
  const from = near > 0 ? PALEST : 0;
  return Math.max(from, from + (1 - from) * share);
}

const clamp = (value: number) => Math.min(1, Math.max(-1, value));

export interface HeatTick {
  /** From 0 at the lower end of the bar to 1 at the upper one. */
  readonly at: number;
  readonly text: string;
}

/** What stands beside a bar of so many pixels: round values with room between them. */
export function heatTicks({ low, high, kind }: HeatScale, pixels: number): readonly HeatTick[] {
  const at = (value: number) => (value - low) / (high - low);
  if (kind === "score") return roundTicks(low, high, 5).map((value) => ({ at: at(value), text: plain(value) }));
  if (kind === "probability") {
    return [0, 0.25, 0.5, 0.75, 1].map((value) => ({ at: value, text: value === 0.5 ? "½" : plain(value) }));
  }
  const levels = [...LEVELS, ...LEVELS.slice(1).map((level) => -level)].filter(
    (level) => level >= low && level <= high,
  );
  // The ends first, then ½, then the rest from ½ outwards; whatever would touch another stays out.
  const wanted = [low, high, 0, ...levels].filter((level, i, all) => all.indexOf(level) === i);
  const ticks: HeatTick[] = [];
  for (const level of wanted) {
    if (level < low || level > high) continue;
    const tick = { at: at(level), text: probabilityText(level) };
    if (ticks.every((other) => Math.abs(other.at - tick.at) * pixels >= TICK_ROOM)) ticks.push(tick);
  }
  return ticks.sort((a, b) => a.at - b.at);
}

/** Pixels between two labels. */
const TICK_ROOM = 16;

const plain = (value: number) => String(Number(value.toPrecision(3))).replace("-", "−");

/** The probability of a logit, with as many digits as it takes: "0.02", "10⁻⁶", "0.999", "1−10⁻⁶". */
export function probabilityText(logit: number): string {
  const least = sigmoid(-Math.abs(logit));
  if (Math.abs(logit) < 1e-9) return "½";
  if (least >= 9e-4) return logit < 0 ? plain(Number(least.toPrecision(1))) : plain(Number((1 - least).toPrecision(3)));
  const power = powerOfTen(Math.round(Math.log10(least)));
  return logit < 0 ? power : `1−${power}`;
}
