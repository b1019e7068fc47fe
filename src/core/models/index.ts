/** The table of models. To add one: its file of words here and a line below, its file of maths in engine/models. */
import * as v from "valibot";
import type { ExperimentConfig } from "../config";
import { acgan } from "./acgan";
import { cgan } from "./cgan";
import { gan } from "./gan";
import type { ModelInfo } from "./types";
import { vae } from "./vae";

export type { ConfigOf, Context, ModelInfo, ModelStack, NetworkRole, PassCost, PlayerRole } from "./types";

export const MODELS = { gan, cgan, acgan, vae };

export type ModelId = keyof typeof MODELS;
export const MODEL_IDS = Object.keys(MODELS) as readonly ModelId[];

/** The settings of any model, told apart by `type`. */
export const ModelSchema = v.variant(
  "type",
  MODEL_IDS.map((id) => MODELS[id].settings),
);
export type ModelConfig = v.InferOutput<typeof ModelSchema>;

/** What a step of any model may tell. */
export type ReadingId = { [M in ModelId]: keyof (typeof MODELS)[M]["readings"] }[ModelId] & string;

/** A model by its id, seen as any model. */
export const modelInfo = (id: ModelId): ModelInfo => MODELS[id];

/** What a step of an experiment tells, in the order of the columns of its curves. */
export const readingIds = (config: Pick<ExperimentConfig, "model">) =>
  Object.keys(modelOf(config).readings) as readonly ReadingId[];

/** The model of an experiment. */
export const modelOf = ({ model }: Pick<ExperimentConfig, "model">): ModelInfo => MODELS[model.type];

/** Whether what judges samples is told the class that they are to be of. */
export function judgesByClass({ model }: { readonly model: Pick<ModelConfig, "type"> }): boolean {
  const { networks, judge } = modelInfo(model.type);
  return judge !== null && networks[judge]?.condition !== undefined;
}

/** Whether an experiment's samples are asked for by class. */
export function isTold(config: Pick<ExperimentConfig, "model">): boolean {
  const { networks, sampler } = modelOf(config);
  return networks[sampler]?.condition !== undefined;
}
