/**
 * When the forms of products are tried on a graphics card (between two slices of training, one product at a time, never before the first steps)
 * and where what was found is kept: in this browser, by adapter. How they are tried: engine/kernels/webgpu/form-trials.ts.
 */
import { createStore, get, set } from "idb-keyval";
import { type FoundForms, timedForms } from "../engine/timed-forms";

export interface FormStore {
  /** What was found on an adapter in earlier visits. */
  load(adapter: string): Promise<FoundForms>;
  save(adapter: string, found: FoundForms): Promise<void>;
}

/** The browser's storage; undefined where there is none. */
export function browserForms(): FormStore | undefined {
  if (typeof indexedDB === "undefined") return undefined;
  const use = createStore("gan-playground-forms", "found");
  return {
    load: async (adapter) => (await get<FoundForms>(adapter, use)) ?? {},
    save: (adapter, found) => set(adapter, found, use),
  };
}

export class FormTuning {
  readonly #store: FormStore | undefined;

  constructor(store: FormStore | undefined) {
    this.#store = store;
  }

  /** Takes over what earlier visits found, before the first program is written. Never throws. */
  async recall(): Promise<void> {
    const timed = timedForms();
    if (timed === null || this.#store === undefined) return;
    try {
      timed.trials.recall(await this.#store.load(timed.adapter));
    } catch {
      // Storage that cannot be read costs some trials.
    }
  }

  /** Tries the forms of one product, if any are waiting, and keeps what was found. Never throws. */
  async tryNext(): Promise<void> {
    const timed = timedForms();
    if (timed === null || !timed.trials.isDue) return;
    await timed.trials.next();
    try {
      await this.#store?.save(timed.adapter, timed.trials.found);
    } catch {
      // They will be tried again in the next visit.
    }
  }
}
