/** The bounds of every number of an experiment, read from the schema, so that controls and parser cannot disagree. */
import { LAYER_TYPES, LayerSpecSchema, type LayerType } from "./architecture/layers";
import {
  CommonSchema,
  NetworkSchema,
  OPTIMIZER_TYPES,
  OptimizerSchema,
  type OptimizerType,
  PlayerSchema,
} from "./config";
import { adversarialEntries } from "./models/gan";
import { isTree } from "./tree";

export interface Bounds {
  readonly min: number;
  readonly max: number;
  /** Whole numbers only. */
  readonly integer: boolean;
}

const { entries } = CommonSchema;

/** Bounds of the experiment's own numbers; those of optimisers and layers depend on their type. */
export const BOUNDS = {
  seed: boundsOf(entries.seed),
  latentSize: boundsOf(entries.latent.entries.size),
  batchSize: boundsOf(entries.batchSize),
  turns: boundsOf(PlayerSchema.entries.turns),
  ema: boundsOf(NetworkSchema.entries.ema),
  penalties: {
    clip: boundsOf(adversarialEntries.penalties.entries.clip),
    wganGp: boundsOf(adversarialEntries.penalties.entries.wganGp),
    dragan: boundsOf(adversarialEntries.penalties.entries.dragan),
    r1: boundsOf(adversarialEntries.penalties.entries.r1),
    r2: boundsOf(adversarialEntries.penalties.entries.r2),
  },
  labelSmoothing: boundsOf(adversarialEntries.labelSmoothing),
  instanceNoise: boundsOf(adversarialEntries.instanceNoise),
  augment: {
    flip: boundsOf(adversarialEntries.augment.entries.flip),
    shift: boundsOf(adversarialEntries.augment.entries.shift),
    colour: boundsOf(adversarialEntries.augment.entries.colour),
    cutout: boundsOf(adversarialEntries.augment.entries.cutout),
  },
  packing: boundsOf(adversarialEntries.packing),
  unrolledSteps: boundsOf(adversarialEntries.unrolledSteps),
  scheduleSteps: boundsOf(entries.schedule.entries.steps),
  scheduleFinalRatio: boundsOf(entries.schedule.entries.finalRatio),
} as const;

/** Bounds of one number of an optimiser, such as ("adam", "beta1"). @throws RangeError when it has no such number. */
export function optimizerBounds(type: OptimizerType, key: string): Bounds {
  return required(OptimizerSchema.options[OPTIMIZER_TYPES.indexOf(type)]?.entries, type, key);
}

/** Bounds of one number of a layer, such as ("dense", "units"). @throws RangeError when it has no such number. */
export function layerBounds(type: LayerType, key: string): Bounds {
  return required(LayerSpecSchema.options[LAYER_TYPES.indexOf(type)]?.entries, type, key);
}

function required(schemas: object | undefined, type: string, key: string): Bounds {
  const schema = schemas === undefined ? undefined : (schemas as Record<string, unknown>)[key];
  if (schema === undefined) throw new RangeError(`"${type}" has no number called "${key}".`);
  return boundsOf(schema);
}

/** Reads smallest, largest and wholeness from a schema made of v.number() and checks, optional or not. */
export function boundsOf(schema: unknown): Bounds {
  const inner = isTree(schema) && "wrapped" in schema ? schema.wrapped : schema; // v.exactOptional
  const checks = isTree(inner) && Array.isArray(inner.pipe) ? inner.pipe.filter(isTree) : [];
  const requirement = (type: string, otherwise: number) => {
    const value = checks.find((check) => check.type === type)?.requirement;
    return typeof value === "number" ? value : otherwise;
  };
  return {
    min: requirement("min_value", Number.NEGATIVE_INFINITY),
    max: requirement("max_value", Number.POSITIVE_INFINITY),
    integer: checks.some((check) => check.type === "integer"),
  };
}
