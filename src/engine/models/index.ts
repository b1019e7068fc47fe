/** The maths of every model of core/models. To add one: its file here and a line below, which the compiler asks for. */
import type { ExperimentConfig } from "../../core/config";
import type { ModelId } from "../../core/models";
import { acgan, cgan, gan } from "./gan";
import type { Model } from "./types";
import { vae } from "./vae";

export type { Model, ModelPlayer, Table } from "./types";

const MODELS: Readonly<Record<ModelId, Model>> = { gan, cgan, acgan, vae };

/** The maths of an experiment's model. */
export const mathsOf = ({ model }: ExperimentConfig): Model => MODELS[model.type];
