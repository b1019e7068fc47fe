/** The table of models. To add one: its file here and a line below. */
import type { ExperimentConfig } from "../../core/config";
import { gan } from "./gan";
import type { Model } from "./types";

export type { Model, ModelPlayer, Table } from "./types";

/** The model of an experiment. */
export function modelOf(_config: ExperimentConfig): Model {
  return gan;
}
