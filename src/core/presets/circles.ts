/** Two circles, one inside the other, by the default's recipe. */
import { DEFAULT_CONFIG } from "../config";
import type { Preset } from "./types";

export const circlesPreset: Preset = {
  id: "circles",
  name: "Concentric circles",
  group: "shapes",
  shows: "One cloud bent into a circle within a circle.",
  lesson:
    "G bends one cloud of noise into two closed curves, one inside the other. Look for the thin bridges between them: a continuous G keeps in one piece what began as one.",
  steps: 6_000,
  config: { ...DEFAULT_CONFIG, dataset: "circles" },
};
