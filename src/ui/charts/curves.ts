/** Everything that can be drawn over a run: readings of every step, measures, and what theory says. No drawing. */
import type { ExperimentConfig } from "../../core/config";
import type { GlossaryId } from "../../core/glossary";
import { modelOf } from "../../core/models";
import { type LoggedId, loggedOf } from "../../core/quality/log";
import { MEASURES, type MeasureId } from "../../core/quality/measures";
import type { TheoryId } from "../../core/theory";
import { MEASURE_TERMS } from "../quality/measure-terms";
import type { ChartSeries } from "./catalogue";

export interface Curve {
  readonly id: string;
  readonly label: string;
  readonly definition: string;
  readonly series: ChartSeries;
}

const THEORY: Readonly<Record<TheoryId, string>> = {
  forwardKl: "KL(p_data ‖ p_g)",
  reverseKl: "KL(p_g ‖ p_data)",
  js: "Jensen-Shannon divergence",
  totalVariation: "Total variation",
  value: "V(D, G)",
  bestValue: "V(D*, G)",
  optimumDistance: "D from D*",
};

/** What explains a reading that has no word of its own. */
const KINDS: readonly { readonly word: string; readonly term: GlossaryId }[] = [
  { word: "probability", term: "half" },
  { word: "score", term: "critic" },
  { word: "accuracy", term: "accuracy" },
  { word: "class", term: "classHead" },
];

const isMeasure = (id: LoggedId): id is MeasureId => id in MEASURES;

/** The curves of an experiment. */
export function curvesOf(config: ExperimentConfig): readonly Curve[] {
  const { readings, players } = modelOf(config);
  const ofSteps = Object.entries(readings).map(([name, { words, player, term }]): Curve => {
    const label = words.replace(/^the /, "").replace(/^./, (letter) => letter.toUpperCase());
    const kind = KINDS.find(({ word }) => words.includes(word))?.term ?? "loss";
    const role = players[player]?.role ?? "generator";
    const read = (all: (name: string) => number) => all(name);
    return {
      id: `steps ${name}`,
      label,
      definition: `${label}, at every step.`,
      series: { key: name, of: "steps", label, term: term ?? kind, role, value: read },
    };
  });
  const measured = loggedOf(config).map((id): Curve => {
    const label = isMeasure(id) ? MEASURES[id].name : THEORY[id];
    const definition = isMeasure(id)
      ? MEASURES[id].definition
      : `${label}, by the data's density. Measured now and then.`;
    const term = isMeasure(id) ? MEASURE_TERMS[id] : "divergence";
    return {
      id: `measures ${id}`,
      label,
      definition,
      series: { key: id, of: "measures", label, term, role: "real", value: (read) => read(id) },
    };
  });
  return [...ofSteps, ...measured];
}
