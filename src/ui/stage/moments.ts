/**
 * The latest numbers of all arms, taken at one moment for everyone on the page: diagram, arms, headline and legends show
 * the same step. What is drawn over time (charts/) reads whole curves.
 */
import { useSyncExternalStore } from "react";
import type { Playground } from "../../client/playground";
import type { PlaygroundState } from "../../client/store";
import { playground } from "../../client/use-playground";
import { ARM_IDS, type ArmId } from "../../core/arms";
import { NUMBERS_MS } from "./live";
import { latestReadings, type Readings } from "./readings";

export interface ArmMoment {
  /** The step that the readings are of; 0 before the first. */
  readonly step: number;
  readonly readings: Readings;
}

type Moments = Readonly<Record<ArmId, ArmMoment>>;

const NOTHING: ArmMoment = { step: 0, readings: latestReadings(null) };
/** The arms' curves arrive one message after the other: so long after the first, in milliseconds, all of them are here. */
const TOGETHER_MS = 40;

interface Sampler {
  get(): Moments;
  subscribe(listener: () => void): () => void;
}

let shared: Sampler | undefined;

/** One arm's latest numbers; renders again a few times a second, together with everyone who shows any. */
export function useMoment(arm: ArmId): ArmMoment {
  shared ??= createSampler(playground());
  const { subscribe, get } = shared;
  return useSyncExternalStore(subscribe, () => get()[arm]);
}

/** Samples the store for its listeners, and only while there are any. */
function createSampler({ store, pace }: Pick<Playground, "store" | "pace">): Sampler {
  const listeners = new Set<() => void>();
  let moments = read(store.getState(), undefined);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let cancel = () => {};
  let next = 0; // when the numbers may change again
  let stop: (() => void) | undefined;

  const flush = () => {
    timer = undefined;
    next = performance.now() + NUMBERS_MS;
    moments = read(store.getState(), moments);
    for (const listener of listeners) listener();
  };
  const start = () =>
    store.subscribe((state, before) => {
      if ((state.arms === before.arms && state.visited === before.visited) || timer !== undefined) return;
      const show = () => {
        cancel = pace.withPicture(flush, "numbers");
      };
      timer = setTimeout(show, Math.max(TOGETHER_MS, next - performance.now()));
    });

  return {
    get: () => moments,
    subscribe(listener) {
      if (listeners.size === 0) {
        stop = start();
        moments = read(store.getState(), moments);
      }
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        stop?.();
        clearTimeout(timer);
        cancel();
        timer = undefined;
      };
    },
  };
}

const sources = new WeakMap<ArmMoment, PlaygroundState["arms"][number]["curves"] & object>();

/** Every arm's moment; the former one where its curves are the same. */
function read(state: PlaygroundState, former: Moments | undefined): Moments {
  const entries = ARM_IDS.map((id) => {
    const curves = state.arms.find((view) => view.id === id)?.curves ?? null;
    if (curves === null) return [id, NOTHING] as const;
    const visited = state.visited?.arms.find(({ arm }) => arm === id);
    if (state.visited !== null && visited !== undefined) {
      return [id, { step: state.visited.step, readings: visited.readings as Readings }] as const;
    }
    const before = former?.[id];
    if (before !== undefined && sources.get(before) === curves) return [id, before] as const;
    const moment: ArmMoment = { step: curves.steps.at(-1) ?? 0, readings: latestReadings(curves) };
    sources.set(moment, curves);
    return [id, moment] as const;
  });
  return Object.fromEntries(entries) as Record<ArmId, ArmMoment>;
}
