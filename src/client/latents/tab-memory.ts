/** What a tab remembers of latent space over a reload: the point, pins, view settings. Text in and out; when is latent-views.ts. */
import * as v from "valibot";
import { LATENT_PRIORS, type LatentPrior } from "../../core/config";
import { WALK_WAYS } from "../../core/walk";
import type { PageAccess } from "../page";
import {
  DEFAULT_SETTINGS,
  type LatentSettings,
  MAP_TINTS,
  NO_PINS,
  PIN_NAMES,
  SECONDS_CHOICES,
  STEP_CHOICES,
} from "./latent-state";

const KEY = "latent";

export interface TabMemory {
  /** The latent's size and prior when it was remembered: points of another latent space say nothing here. */
  readonly size: number;
  readonly prior: LatentPrior;
  readonly latent: Float32Array;
  readonly averaged: boolean;
  readonly speedLimit: number | null;
  readonly settings: LatentSettings;
}

const numbers = v.array(v.pipe(v.number(), v.finite()));
const index = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(511));

const Schema = v.object({
  version: v.literal(1),
  size: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(512)),
  prior: v.picklist(LATENT_PRIORS),
  latent: numbers,
  pins: v.optional(v.record(v.picklist(PIN_NAMES), numbers), {}),
  averaged: v.boolean(),
  speedLimit: v.nullable(v.pipe(v.number(), v.gtValue(0))),
  way: v.nullable(v.picklist(WALK_WAYS)),
  steps: v.picklist(STEP_CHOICES),
  seconds: v.picklist(SECONDS_CHOICES),
  tint: v.picklist(MAP_TINTS),
  plane: v.tuple([index, index]),
});

/** What this tab remembers; null when there is nothing, or nothing that can be read. */
export function readTabMemory(page: PageAccess): TabMemory | null {
  const text = page.readTab(KEY);
  if (text === null) return null;
  let found: unknown;
  try {
    found = JSON.parse(text);
  } catch {
    return null; // written by somebody else
  }
  const parsed = v.safeParse(Schema, found);
  if (!parsed.success) return null;
  const { version: _version, size, prior, latent, averaged, speedLimit, pins, ...settings } = parsed.output;
  if (latent.length !== size) return null;
  const kept = Object.entries(pins).filter(([, values]) => values.length === size);
  const plane = settings.plane.every((dimension) => dimension < size) ? settings.plane : DEFAULT_SETTINGS.plane;
  return {
    size,
    prior,
    latent: Float32Array.from(latent),
    averaged,
    speedLimit,
    settings: {
      ...settings,
      plane,
      pins: { ...NO_PINS, ...Object.fromEntries(kept.map(([name, values]) => [name, Float32Array.from(values)])) },
    },
  };
}

/** Remembers for this tab. Numbers in single precision come back as they were. */
export function writeTabMemory(page: PageAccess, memory: TabMemory): void {
  const { latent, settings, ...rest } = memory;
  const { pins, ...choices } = settings;
  const set = Object.entries(pins).flatMap(([name, values]) => (values === null ? [] : [[name, Array.from(values)]]));
  const written: v.InferInput<typeof Schema> = {
    version: 1,
    ...rest,
    ...choices,
    plane: [...choices.plane],
    latent: Array.from(latent),
    pins: Object.fromEntries(set),
  };
  page.writeTab(KEY, JSON.stringify(written));
}
