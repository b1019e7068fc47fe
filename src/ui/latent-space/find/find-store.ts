/** The search for a picture's latent: the picture, what of it counts, and the search itself, some updates at a time. No components. */
import { create } from "zustand";
import { playground } from "../../../client/use-playground";
import type { ArmId } from "../../../core/arms";
import { errorSentence } from "../../../core/errors";
import type { Drawn, SearchState } from "../../../core/latent-space/studies";
import { drawLatent } from "../../latent/latent-store";
import { askStudy } from "../ask-study";
import { joined } from "../joined";

/** Starts: some end in a bad place. The present latent is one of them. */
const STARTS = 8;
const UPDATES = 300;
/** A part of the search takes about so long, so that training and sliders go on. */
const PART_MS = 60;
/** Random latents that a search must do better than. */
export const GUESSES = 1000;

export interface Found {
  readonly step: number;
  readonly steps: number;
  /** Mean squared difference of each start, in data units. */
  readonly errors: Float32Array;
  /** Of every start. */
  readonly samples: Drawn;
  readonly latents: Float32Array;
  /** The start that is best. */
  readonly best: number;
}

interface FindState {
  readonly target: Drawn | null;
  /** Weight of each pixel; null: all count. */
  readonly mask: Float32Array | null;
  /** Pixels; 0 for none. */
  readonly blur: number;
  readonly found: Found | null;
  /** The least error of GUESSES random latents; null where it was not looked at. */
  readonly guessed: number | null;
  readonly running: boolean;
  readonly problem: string | null;
}

const NOTHING = { found: null, guessed: null, problem: null } as const;

export const useFind = create<FindState>(() => ({ target: null, mask: null, blur: 0, running: false, ...NOTHING }));

let search: AbortController | null = null;

/** Another picture, or other parts of it that count: what was found is no answer any more. */
export function setTarget(change: Partial<Pick<FindState, "target" | "mask" | "blur">>): void {
  cancelSearch();
  useFind.setState({ ...change, ...NOTHING });
}

export function cancelSearch(): void {
  search?.abort();
  search = null;
  useFind.setState({ running: false });
}

/** Why something could not be done. */
export const tellProblem = (error: unknown): void => useFind.setState({ problem: errorSentence(error) });

/** Searches from the present latent and random ones, until all updates are done or the search is cancelled. */
export async function startSearch(arm: ArmId, range: number): Promise<void> {
  const { target, mask, blur } = useFind.getState();
  if (target === null) return;
  cancelSearch();
  const own = new AbortController();
  search = own;
  useFind.setState({ running: true, ...NOTHING });
  try {
    await goOn(arm, { target, mask, blur }, own.signal);
    if (blur === 0) useFind.setState({ guessed: await bestGuess(arm, target, mask, range, own.signal) });
  } catch (error) {
    if (!own.signal.aborted) tellProblem(error);
  } finally {
    if (search === own) {
      search = null;
      useFind.setState({ running: false });
    }
  }
}

async function goOn(
  arm: ArmId,
  looked: { readonly target: Drawn; readonly mask: Float32Array | null; readonly blur: number },
  signal: AbortSignal,
): Promise<void> {
  const { latent, label } = playground().store.getState();
  const starts = joined([latent, ...Array.from({ length: STARTS - 1 }, drawLatent)]) ?? latent;
  const still = new Float32Array(starts.length);
  let state: SearchState = { latents: starts, m: still, v: still, step: 0, steps: UPDATES };
  let updates = 4;
  while (state.step < UPDATES) {
    const began = performance.now();
    const answer = await askStudy(arm, "invert", { ...looked, state, updates, label }, signal);
    const took = performance.now() - began;
    updates = Math.min(30, Math.max(1, Math.round((updates * PART_MS) / Math.max(1, took))));
    state = answer.state;
    const { errors, samples } = answer;
    const best = errors.reduce(
      (least, error, i) => (error < (errors[least] ?? Number.POSITIVE_INFINITY) ? i : least),
      0,
    );
    useFind.setState({ found: { step: state.step, steps: UPDATES, errors, samples, latents: state.latents, best } });
  }
}

/** The least mean squared difference of random latents' samples, where the picture counts. */
async function bestGuess(
  arm: ArmId,
  target: Drawn,
  mask: Float32Array | null,
  range: number,
  signal: AbortSignal,
): Promise<number | null> {
  const latents = joined(Array.from({ length: GUESSES }, drawLatent)) ?? new Float32Array(0);
  const { arms } = await playground().latents.generate(latents);
  signal.throwIfAborted();
  const samples = arms.find((one) => one.arm === arm)?.samples;
  if (samples === undefined) return null;
  let best = Number.POSITIVE_INFINITY;
  for (let i = 0; i < GUESSES; i++) best = Math.min(best, difference(samples, i, target, mask));
  return best * (samples instanceof Uint8ClampedArray ? (range / 255) ** 2 : 1);
}

/** Of the i-th sample, squared and averaged; for images over what is seen of the bytes, without their opacity. */
function difference(samples: Drawn, i: number, target: Drawn, mask: Float32Array | null): number {
  const image = target instanceof Uint8ClampedArray;
  let [sum, weights] = [0, 0];
  for (let k = 0; k < target.length; k++) {
    if (image && k % 4 === 3) continue;
    const weight = mask === null || !image ? 1 : (mask[k >> 2] ?? 0);
    sum += weight * ((samples[i * target.length + k] ?? 0) - (target[k] ?? 0)) ** 2;
    weights += weight;
  }
  return sum / Math.max(weights, 1e-9);
}
