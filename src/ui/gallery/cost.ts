/** What a preset costs on this device: its steps times what a step was measured to take. Pure; no measuring. */
import { stepFlops } from "../../core/architecture/flops";
import type { ExperimentConfig } from "../../core/config";
import { dataShape } from "../../core/datasets";
import type { BackendMeasurement, BackendName } from "../../core/device";
import type { Preset } from "../../core/presets";
import { stepCostKey } from "../../core/step-cost";

/** What is known of this device. */
export interface Known {
  readonly backend: BackendName;
  readonly measurements: readonly BackendMeasurement[];
  /** The experiment that is open, and what a step of it takes here; null before that was measured. */
  readonly present: { readonly config: ExperimentConfig; readonly msPerStep: number } | null;
}

export interface Cost {
  readonly seconds: number;
  /** Whether its own steps were timed here; else it follows from its size beside the present experiment's. */
  readonly measured: boolean;
}

/** Null where nothing is known. */
export function costOf({ config, comparison, steps }: Preset, known: Known): Cost | null {
  const arms = comparison === undefined ? 1 : 2;
  const key = stepCostKey(config);
  const own = known.measurements.find(({ experiment }) => experiment === key)?.msPerStep[known.backend];
  if (own !== undefined) return { seconds: (arms * steps * own) / 1000, measured: true };
  if (known.present === null) return null;
  const { msPerStep, config: present } = known.present;
  if (stepCostKey(present) === key) return { seconds: (arms * steps * msPerStep) / 1000, measured: true };
  const ratio = stepFlops(config, dataShape(config.dataset)) / stepFlops(present, dataShape(present.dataset));
  return { seconds: (arms * steps * msPerStep * ratio) / 1000, measured: false };
}

/** "about 20 s here", "roughly 4 min here, by its size". */
export function costText(steps: number, cost: Cost | null): string {
  const count = `${steps.toLocaleString("en")} steps`;
  if (cost === null) return count;
  const time = durationText(cost.seconds);
  return cost.measured ? `${count}, about ${time} here` : `${count}, roughly ${time} here`;
}

function durationText(seconds: number): string {
  if (seconds < 90) return `${Math.max(1, seconds < 20 ? Math.round(seconds) : 5 * Math.round(seconds / 5))} s`;
  const minutes = seconds / 60;
  if (minutes < 90) return `${minutes < 10 ? Math.round(minutes) : 5 * Math.round(minutes / 5)} min`;
  return `${Math.round(minutes / 60)} h`;
}
