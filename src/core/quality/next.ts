/** What to try next once a run is done: experiments that answer "and what if?". Values only. */
import { type DatasetId, datasetOf } from "../datasets";
import type { PresetId } from "../presets";
import type { Verdict } from "./verdict";

export type Next =
  | { readonly kind: "preset"; readonly id: PresetId; readonly text: string; readonly why: string }
  | { readonly kind: "compare"; readonly text: string; readonly why: string }
  | { readonly kind: "gallery"; readonly text: string; readonly why: string };

const COLLAPSE: Next = {
  kind: "preset",
  id: "mode-collapse",
  text: "Collapse it",
  why: "A G that makes the same few samples, whatever z is",
};
const VANISH: Next = {
  kind: "preset",
  id: "vanishing-gradient",
  text: "Make its gradient vanish",
  why: "The loss of the theory, with a D that is too sure",
};
const CURE: Next = {
  kind: "preset",
  id: "mode-collapse-cured",
  text: "Cure the collapse",
  why: "The same seed, with what helps against it",
};
const FINDS_ALL: Next = {
  kind: "preset",
  id: "ring-relativistic",
  text: "Find all clusters",
  why: "A loss and penalties that keep every cluster",
};
const COMPARE: Next = {
  kind: "compare",
  text: "Compare the two losses",
  why: "Goes on from here, with a second arm by the other loss of 2014",
};
const MORE: Next = { kind: "gallery", text: "More experiments", why: "All presets, with pictures" };

/**
 * Three or four of them, the most telling first.
 * @param preset the one that runs; null for a person's own experiment
 */
export function nextExperiments(preset: PresetId | null, dataset: DatasetId, verdict: Verdict): readonly Next[] {
  if (datasetOf(dataset).kind === "images") return [COMPARE, COLLAPSE, MORE];
  const ring = dataset === "ring";
  const first = preset === "mode-collapse" ? [CURE] : ring && verdict !== "good" ? [FINDS_ALL] : [];
  const all = [...first, COLLAPSE, VANISH, COMPARE];
  const others = all.filter((next) => next.kind !== "preset" || next.id !== preset);
  return [...others.slice(0, 3), MORE];
}
