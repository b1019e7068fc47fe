/**
 * The maths of every model of core/models. To add one: a file of its id here; the list of them is made from the words
 * (cli/build-tables.ts), and the compiler names a file that is missing.
 */
import type { ExperimentConfig } from "../../core/config";
import type { ModelId } from "../../core/models";
import { table } from "./table.generated";
import type { Model } from "./types";

export type { Model, ModelPlayer, Table } from "./types";

const MODELS: Readonly<Record<ModelId, Model>> = table;

/** The maths of an experiment's model. */
export const mathsOf = ({ model }: ExperimentConfig): Model => MODELS[model.type];
