/** What a preset is: one experiment and the lesson to look for in it. No experiments here. */
import type { ExperimentConfig } from "../config";

export interface Preset {
  readonly id: string;
  /** As the menu shows it. */
  readonly name: string;
  /** What to look for, in two sentences. */
  readonly summary: string;
  /** Training steps after which its lesson shows; terminal runs end there. */
  readonly steps: number;
  readonly config: ExperimentConfig;
}
