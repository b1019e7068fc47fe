/** A change of configuration in words, for the marks on the charts. Text only. */
import type { ExperimentConfig } from "../core/config";

/** Words for paths whose own names say too little. Others are shown as they are. */
const WORDS: readonly (readonly [RegExp, string])[] = [
  [/^generator\.optimizer\./, "G "],
  [/^discriminator\.optimizer\./, "D "],
  [/^generator\./, "G "],
  [/^discriminator\./, "D "],
  [/^penalties\./, ""],
  [/discriminatorSteps/, "D steps per G step"],
  [/learningRate/, "learning rate"],
  [/labelSmoothing/, "label smoothing"],
  [/instanceNoise/, "instance noise"],
  [/unrolledSteps/, "unrolled steps"],
  [/wganGp/, "gradient penalty"],
  [/ema/, "EMA"],
];

/** What differs, as "loss: non-saturating → minimax, G learning rate: 0.001 → 0.0005". Empty when nothing does. */
export function describeChanges(before: ExperimentConfig, after: ExperimentConfig): string {
  const texts: string[] = [];
  const visit = (path: string, old: unknown, now: unknown) => {
    if (JSON.stringify(old) === JSON.stringify(now)) return;
    if (isRecord(old) && isRecord(now)) {
      for (const key of Object.keys(now)) visit(path === "" ? key : `${path}.${key}`, old[key], now[key]);
    } else texts.push(`${words(path)}: ${text(old)} → ${text(now)}`);
  };
  visit("", before, after);
  return texts.join(", ");
}

function words(path: string): string {
  return WORDS.reduce((name, [pattern, word]) => name.replace(pattern, word), path);
}

function text(value: unknown): string {
  return typeof value === "number" ? String(Number(value.toPrecision(4))) : String(value);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
