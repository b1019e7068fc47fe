/** Which experiments have steps of the same cost, so that one measurement serves them all. A name only; no measuring. */
import type { ExperimentConfig } from "./config";
import { costs } from "./effects";

/**
 * A short name for everything that a step's time depends on: networks, batch, loss and regularisers, but not the seed, the rates or
 * how strong a regulariser is. Different names may cost the same; equal names do.
 */
export function stepCostKey(config: ExperimentConfig): string {
  return hash(JSON.stringify(costs(config)));
}

/** FNV-1a, twice with different starts: 64 bits as hexadecimal digits. */
function hash(text: string): string {
  return [0x811c9dc5, 0x9e3779b9]
    .map((start) => {
      let value = start;
      for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
      return (value >>> 0).toString(16).padStart(8, "0");
    })
    .join("");
}
