/** The directions that the sliders are of: found in the worker, again as G trains on, each in the place that it had. */
import { create } from "zustand";
import type { Asker } from "../../../client/latents/asker";
import { playground } from "../../../client/use-playground";
import type { ArmId } from "../../../core/arms";
import { errorSentence } from "../../../core/errors";
import { type Direction, type DirectionMethod, matchDirections } from "../../../core/latent-space/directions";

interface DirectionsState {
  readonly method: DirectionMethod;
  readonly directions: readonly Direction[];
  /** Places of the directions whose coordinates are to stay. */
  readonly held: readonly number[];
  /** Why none can be found; null where some can. */
  readonly problem: string | null;
  /** None were found yet. */
  readonly waiting: boolean;
  /** How long finding them took, milliseconds. */
  readonly took: number | null;
}

/** Directions that are kept; fewer are shown at first. */
const COUNT = 12;
/** They turn slowly: looking for them must cost training little. */
const FOLLOW = { followMs: 2000, followShare: 25 } as const;
const AGAIN_MS = 400;

const NONE = { directions: [], held: [], problem: null, waiting: true, took: null } as const;

export const useDirections = create<DirectionsState>(() => ({ method: "activations", ...NONE }));

let asker: Asker | null = null;

/** Looks for directions from now on. @returns how to stop; what was found stays */
export function watchDirections(arm: ArmId): () => void {
  const { latents, store } = playground();
  const size = store.getState().latent.length;
  if (useDirections.getState().directions.some(({ vector }) => vector.length !== size)) useDirections.setState(NONE);
  let again: ReturnType<typeof setTimeout> | undefined;
  const own = latents.watch({
    ...FOLLOW,
    points: () => store.getState().latent,
    async request(z) {
      const { method } = useDirections.getState();
      const input = { method, z, count: COUNT, label: store.getState().label };
      try {
        const answered = await latents.study(arm, "directions", input);
        if (answered.answer === null) again = setTimeout(own.ask, AGAIN_MS); // its data are on their way
        return { ...answered, method };
      } catch (error) {
        if (useDirections.getState().method === method) {
          useDirections.setState({ ...NONE, waiting: false, problem: errorSentence(error) });
        }
        throw error;
      }
    },
    receive({ answer, method, milliseconds }) {
      if (answer === null || method !== useDirections.getState().method) return;
      useDirections.setState(({ directions }) => ({
        directions: matchDirections(directions, answer.directions),
        problem: null,
        waiting: false,
        took: milliseconds,
      }));
    },
  });
  asker = own;
  own.ask();
  const stop = store.subscribe(({ step }, before) => {
    if (step !== before.step) own.follow(step);
  });
  return () => {
    clearTimeout(again);
    stop();
    own.dispose();
    if (asker === own) asker = null;
  };
}

/** Another way to find them: sliders of their own. */
export function setMethod(method: DirectionMethod): void {
  useDirections.setState({ method, ...NONE });
  asker?.ask();
}

/** Looks for them at the present latent, in the order of what they do there, whatever places they had. */
export function findAgain(): void {
  useDirections.setState({ directions: [], held: [] });
  asker?.ask();
}

/** Holds a direction's coordinate, or lets it go. */
export function toggleHeld(place: number): void {
  useDirections.setState(({ held }) => ({
    held: held.includes(place) ? held.filter((other) => other !== place) : [...held, place],
  }));
}

/** The held directions, but for one. */
export function heldBeside(place: number | null): readonly Direction[] {
  const { held, directions } = useDirections.getState();
  return held.flatMap((one) => (one === place ? [] : (directions[one] ?? [])));
}
