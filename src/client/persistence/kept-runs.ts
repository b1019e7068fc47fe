/**
 * Runs kept in the browser's own storage (IndexedDB), so that leaving costs nothing. Several pages may keep one each; what
 * is kept when is run-keeper.ts, the form of a run kept-run.ts.
 */
import { createStore, promisifyRequest, type UseStore } from "idb-keyval";
import type { ArmId } from "../../core/arms";
import type { RunSnapshot } from "../../core/snapshot";
import { type Outline, parseKeptRun, parseOutline } from "./kept-run";
import type { ArmState, Chunk } from "./run-copy";

export interface RunStore {
  /** Opens the storage, so that a later `save` begins at once. Never throws. */
  open(): void;
  /**
   * Keeps a run under its id: its state anew, of its curves the chunks that are given. The request to write is made before
   * this returns, once the storage is open. @throws Error where the disk is full or storage is forbidden
   */
  save(outline: Outline, states: readonly ArmState[], chunks: readonly Chunk[]): Promise<void>;
  /** What is kept, without reading it; null for what cannot be read. Never throws. */
  list(): Promise<readonly { readonly key: RunKey; readonly outline: Outline | null }[]>;
  /** @throws Error in a sentence when the run is damaged */
  load(outline: Outline): Promise<RunSnapshot>;
  /** Never throws. */
  remove(keys: readonly RunKey[]): Promise<void>;
}

/** What a run is kept under. */
export type RunKey = string;

const DATABASE = "gan-playground";
const STORE = "runs";

/** A storage that keeps nothing, where there is none. */
const NO_RUNS: RunStore = {
  open() {},
  save: async () => {},
  list: async () => [],
  load: () => Promise.reject(new Error("nothing is kept")),
  remove: async () => {},
};

/** The browser's own storage; one that keeps nothing where there is none or looking for it is forbidden. */
export function browserRuns(): RunStore {
  try {
    if (typeof indexedDB === "undefined") return NO_RUNS;
  } catch {
    return NO_RUNS; // some browsers throw at the mere sight of it where a person forbade storage
  }
  return indexedDatabaseRuns(createStore(DATABASE, STORE));
}

// A run lies under three kinds of keys: its outline, the state of its arms, and the chunks of their curves.
const outlineKey = (key: RunKey) => ["outline", key];
const stateKey = (key: RunKey) => ["state", key];
const chunkKey = (key: RunKey, arm: ArmId, index: number) => ["curves", key, arm, index];
/** All keys that begin with these parts. An array sorts after every number and text. */
const below = (...parts: readonly (string | number)[]) => IDBKeyRange.bound([...parts], [...parts, []]);

function indexedDatabaseRuns(use: UseStore): RunStore {
  return {
    open() {
      use("readonly", () => undefined).catch(() => {}); // told when something is to be kept
    },
    save: (outline, states, chunks) =>
      use("readwrite", (store) => {
        store.put(outline, outlineKey(outline.id));
        store.put(states, stateKey(outline.id));
        for (const { arm, index, rows } of chunks) {
          store.put({ steps: rows.steps, values: rows.values }, chunkKey(outline.id, arm, index));
        }
        const { transaction } = store;
        const done = promisifyRequest(transaction);
        // A page that is being left gets no further turn: without this, the browser drops the transaction with it.
        transaction.commit?.();
        return done;
      }),
    async list() {
      try {
        return await use("readonly", async (store) => {
          const [keys, values, former] = await Promise.all([
            promisifyRequest<IDBValidKey[]>(store.getAllKeys(below("outline"))),
            promisifyRequest<unknown[]>(store.getAll(below("outline"))),
            promisifyRequest<IDBValidKey[]>(store.getAllKeys(IDBKeyRange.upperBound([], true))), // of earlier versions
          ]);
          return [
            ...keys.map((key, i) => ({
              key: Array.isArray(key) ? String(key[1]) : "",
              outline: parseOutline(values[i]),
            })),
            ...former.map((key) => ({ key: String(key), outline: null })),
          ];
        });
      } catch {
        return [];
      }
    },
    load: (outline) =>
      use("readonly", async (store) => {
        const states = promisifyRequest<unknown>(store.get(stateKey(outline.id)));
        const chunks = outline.arms.map(({ id }) =>
          promisifyRequest<unknown[]>(store.getAll(below("curves", outline.id, id))),
        );
        return parseKeptRun(outline, await states, await Promise.all(chunks));
      }),
    async remove(keys) {
      try {
        await use("readwrite", (store) => {
          for (const key of keys) {
            for (const own of [outlineKey(key), stateKey(key), key]) store.delete(own);
            store.delete(below("curves", key));
          }
          return promisifyRequest(store.transaction);
        });
      } catch {
        // it takes room, no more
      }
    },
  };
}
