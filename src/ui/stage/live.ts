/**
 * Reading the store at the eye's pace: canvases are told of changes without React, numbers are re-rendered a few times a
 * second. Frames arrive many times a second; a React render for each would eat the page's thread.
 */
import { useEffect, useMemo, useState } from "react";
import { useShallow } from "zustand/react/shallow";
import { firstConfig } from "../../client/selectors";
import type { ArmView, PlaygroundState } from "../../client/store";
import { playground, usePlayground } from "../../client/use-playground";
import { ARM_IDS, type ArmId } from "../../core/arms";
import type { ExperimentConfig } from "../../core/config";

/** How often numbers on the page change, in milliseconds: readable, and four small renders a second. */
export const NUMBERS_MS = 250;
/** How often text for screen readers changes. */
export const SPOKEN_MS = 3000;

/** Something that changes outside React: the current value, and a call whenever it changes. */
export interface Source<T> {
  get(): T;
  subscribe(listener: () => void): () => void;
}

/** A part of the store as a source. `pick` must be stable (a constant or memoised) and return stable references. */
export function useSource<T>(pick: (state: PlaygroundState) => T): Source<T> {
  return useMemo(() => sourceOf(pick, (now, before) => now !== before), [pick]);
}

function sourceOf<T>(pick: (state: PlaygroundState) => T, changed: (now: T, before: T) => boolean): Source<T> {
  const { store } = playground();
  return {
    get: () => pick(store.getState()),
    subscribe: (listener) =>
      store.subscribe((state, previous) => {
        if (changed(pick(state), pick(previous))) listener();
      }),
  };
}

/** A stable selector for each arm. */
export type ForArm<T> = Readonly<Record<ArmId, (state: PlaygroundState) => T>>;

/** Makes the selectors: `pick` gets what the page knows of the arm, undefined where there is none of that name. */
export function forEachArm<T>(pick: (view: ArmView | undefined, state: PlaygroundState) => T): ForArm<T> {
  const entries = ARM_IDS.map((id) => [
    id,
    (state: PlaygroundState) =>
      pick(
        state.arms.find((view) => view.id === id),
        state,
      ),
  ]);
  return Object.fromEntries(entries);
}

/** What the page knows of one arm, as a source for canvases: it tells of those parts only that are drawn, a stable list. */
export function useArmSource(arm: ArmId, parts: readonly (keyof ArmView)[]): Source<ArmView | undefined> {
  return useMemo(
    () => sourceOf(ARM[arm], (now, before) => now !== before && parts.some((part) => now?.[part] !== before?.[part])),
    [arm, parts],
  );
}

/** The names of the arms that the page knows of, in order. */
export function useArmIds(): readonly ArmId[] {
  return usePlayground(useShallow((state: PlaygroundState) => state.arms.map(({ id }) => id)));
}

/** Picks one arm; stable, for selectors. */
export const ARM: ForArm<ArmView | undefined> = forEachArm((view) => view);

/**
 * A part of the store, at most once every `milliseconds`: the first change after a rest at once, the last one never lost. `pick` as for
 * useSource.
 * @param follows whether it is of training, and then comes with its pictures (client/picture-pace.ts); what answers a hand does not wait
 */
export function useThrottled<T>(pick: (state: PlaygroundState) => T, milliseconds: number, follows = true): T {
  const source = useSource(pick);
  const [value, setValue] = useState(source.get);
  useEffect(() => {
    const { withPicture } = playground().pace;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let cancel = () => {};
    let waiting = false;
    let next = 0; // when the value may change again
    const flush = () => {
      waiting = false;
      next = performance.now() + milliseconds;
      setValue(source.get);
    };
    const stop = source.subscribe(() => {
      if (waiting) return;
      waiting = true;
      const show = () => {
        if (follows) cancel = withPicture(flush, "numbers");
        else flush();
      };
      const wait = next - performance.now();
      if (wait > 0) timer = setTimeout(show, wait);
      else show();
    });
    flush(); // it may have changed between the render and this effect, or be another source now
    return () => {
      stop();
      clearTimeout(timer);
      cancel();
    };
  }, [source, milliseconds, follows]);
  return value;
}

/** Picks what an arm learns by; of one that the worker does not know of yet, the first arm's. */
export const ARM_CONFIG: ForArm<ExperimentConfig> = forEachArm((view, state) => view?.config ?? firstConfig(state));

/** Picks an arm's curves; stable, for selectors. */
export const CURVES: ForArm<ArmView["curves"]> = forEachArm((view) => view?.curves ?? null);

/** Picks how good an arm's generator is, and why the arm was stopped; stable, for selectors. */
export const QUALITY: ForArm<ArmView["quality"]> = forEachArm((view) => view?.quality ?? null);
export const STOPPED: ForArm<ArmView["stopped"]> = forEachArm((view) => view?.stopped ?? null);

type MeasuredArm = Pick<ArmView, "id" | "config" | "quality">;

let measured: readonly MeasuredArm[] = [];

/** Picks all arms with how good they are; the same until one is measured again or changes, whatever else arrives meanwhile. */
export function measuredArms({ arms }: Pick<PlaygroundState, "arms">): readonly MeasuredArm[] {
  const same =
    arms.length === measured.length &&
    arms.every(({ id, config, quality }, i) => {
      const before = measured[i];
      return id === before?.id && config === before.config && quality === before.quality;
    });
  if (!same) measured = arms.map(({ id, config, quality }) => ({ id, config, quality }));
  return measured;
}
