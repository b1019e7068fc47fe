/** The maths of every model of core/models. To add one: its file here and a line below, which the compiler asks for. */
import type { ExperimentConfig } from "../../core/config";
import type { ModelId } from "../../core/models";
import { gan } from "./gan";
import type { Model } from "./types";

export type { Model, ModelPlayer, Table } from "./types";

const MODELS: Readonly<Record<ModelId, Model>> = { gan };

/** The maths of an experiment's model. */
export const mathsOf = ({ model }: ExperimentConfig): Model => MODELS[model.type];
