/** Charts of readings that no chart of the catalogue knows: a model that tells a new number needs no line here. No drawing. */
import { formatNumber } from "../../core/format";
import type { ModelInfo } from "../../core/models";
import { PLAIN_GAME } from "../../core/models/gan";
import type { ReadingInfo } from "../../core/readings";
import { autoencoderCharts, type ChartInfo, chartsFor } from "./catalogue";

/** Whatever the catalogue draws of any model, with any loss. */
const KNOWN: ReadonlySet<string> = new Set(
  [true, false]
    .flatMap((probability) => [
      ...chartsFor({ game: { type: "gan", ...PLAIN_GAME }, probability, named: true }),
      ...autoencoderCharts,
    ])
    .flatMap((choices) => choices.flatMap(({ series }) => series.map(({ key }) => key))),
);

/** A chart for each reading that is drawn nowhere else, as the models' tables name it; they share a place. */
export function restCharts(models: readonly Pick<ModelInfo, "readings" | "players">[]): readonly ChartInfo[] {
  const told = new Map(
    models.flatMap(({ readings, players }) =>
      Object.entries(readings).map(([id, info]) => [id, { info, role: players[info.player]?.role }] as const),
    ),
  );
  return [...told]
    .filter(([id, { info }]) => !KNOWN.has(id) && info.uncharted !== true)
    .map(([id, { info, role = "generator" }]) => chartOf(id, info, role));
}

function chartOf(
  id: string,
  { words, unit = "per step", term = "minibatch" }: ReadingInfo,
  role: ModelRole,
): ChartInfo {
  const name = words.replace(/^the /, "");
  return {
    id: `reading ${id}`,
    title: `${name.charAt(0).toUpperCase()}${name.slice(1)}`,
    term,
    unit,
    definition: `${words.charAt(0).toUpperCase()}${words.slice(1)}, of each step's minibatch.`,
    scale: "linear",
    domain: null,
    series: [{ key: id, of: "steps", label: name, term, role, value: (read) => read(id) }],
    references: [],
    format: (value) => formatNumber(value),
  };
}

type ModelRole = ModelInfo["players"][string]["role"];
