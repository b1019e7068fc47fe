/** What a preset is: one experiment, or two to compare, and the lesson to look for in it. No experiments here. */
import type { ExperimentConfig } from "../config";
import type { PresetGroupId } from "./groups";

export interface Preset {
  readonly id: string;
  /** As a list shows it; short enough never to be cut. */
  readonly name: string;
  readonly group: PresetGroupId;
  /** What one gets to see, in one line: why to choose it. */
  readonly shows: string;
  /** What to look for while it trains, in two sentences. Tests and `npm run claims` hold it to its word. */
  readonly lesson: string;
  /** Training steps after which its lesson shows; terminal runs end there. */
  readonly steps: number;
  readonly config: ExperimentConfig;
  /** The other arm, where the lesson is the difference between two: same seed, same data. */
  readonly comparison?: ExperimentConfig;
}
