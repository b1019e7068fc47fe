/** The last run, kept in the browser so that leaving costs nothing. One run, IndexedDB; not a library of files. */
import { ARM_IDS } from "../../core/arms";
import type { RunSnapshot } from "../../core/snapshot";

export interface SavedRun {
  /** The experiment as core/share encodes it: a run is offered only where its own experiment is open. */
  readonly experiment: string;
  readonly run: RunSnapshot;
}

export interface RunStore {
  /** Keeps a run in place of the one kept before. @throws where the disk is full or storage is forbidden */
  save(saved: SavedRun): Promise<void>;
  /** The run kept last, or null. Never throws: what cannot be read was not kept. */
  load(): Promise<SavedRun | null>;
}

const DATABASE = "gan-playground";
const STORE = "runs";
const KEY = "last";
/** Raised when the form of what is kept changes; older runs are then dropped. */
const VERSION = 1;

/** The browser's own storage; one that keeps nothing where there is none. */
export function browserRuns(): RunStore {
  if (typeof indexedDB === "undefined") return { save: async () => {}, load: async () => null };
  return {
    async save(saved) {
      const database = await open();
      try {
        const transaction = database.transaction(STORE, "readwrite");
        transaction.objectStore(STORE).put(saved, KEY);
        await new Promise<void>((resolve, reject) => {
          transaction.oncomplete = () => resolve();
          transaction.onabort = () => reject(transaction.error ?? new Error("the browser refused to store it"));
        });
      } finally {
        database.close();
      }
    },
    async load() {
      try {
        const database = await open();
        try {
          const value = await settled(database.transaction(STORE).objectStore(STORE).get(KEY));
          return isSavedRun(value) ? { ...value, run: named(value.run) } : null;
        } finally {
          database.close();
        }
      } catch {
        return null;
      }
    },
  };
}

async function open(): Promise<IDBDatabase> {
  const request = indexedDB.open(DATABASE, VERSION);
  request.onupgradeneeded = () => {
    const database = request.result;
    if (database.objectStoreNames.contains(STORE)) database.deleteObjectStore(STORE);
    database.createObjectStore(STORE);
  };
  return settled(request);
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error("the browser's storage failed"));
  });
}

/** Only this page writes here; the check guards against what another version of it left. */
function isSavedRun(value: unknown): value is SavedRun {
  if (typeof value !== "object" || value === null || !("experiment" in value) || !("run" in value)) return false;
  const { experiment, run } = value;
  if (typeof experiment !== "string" || typeof run !== "object" || run === null || !("arms" in run)) return false;
  return Array.isArray(run.arms) && run.arms.every((arm) => arm?.snapshot?.tensors && arm?.history?.steps);
}

/** Runs were once kept without their arms' names: those were the first two, in order. */
function named(run: RunSnapshot): RunSnapshot {
  return { arms: run.arms.map((arm, i) => ({ ...arm, id: arm.id ?? ARM_IDS[i] })) };
}
