/**
 * Films on the browser's own disk (IndexedDB), so that a reload does not cost the past: fewer moments than memory holds, chosen so
 * that most stay where they are as the run goes on. What is kept in memory: core/film.ts.
 */
import { createStore, get, promisifyRequest, type UseStore } from "idb-keyval";
import type { BranchInfo, Moment } from "../core/film";
import { parseConfig } from "../core/parse-config";
import type { ArmSnapshot } from "../core/snapshot";

export interface KeptFilm {
  readonly current: number;
  readonly branches: readonly { readonly info: Omit<BranchInfo, "steps">; readonly moments: readonly Moment[] }[];
  /** Where branches that the run was not on had come to. */
  readonly left: readonly { readonly branch: number; readonly arms: readonly ArmSnapshot[] }[];
}

/** What a film consists of without its moments. */
export interface FilmOutline extends Omit<KeptFilm, "branches"> {
  readonly branches: readonly BranchInfo[];
}

export interface FilmDisk {
  /** The film of a run; null where there is none that is whole. Never throws. */
  load(run: string): Promise<KeptFilm | null>;
  /** Writes some moments of a run, and forgets others. Never throws: a film that is not kept costs no run. */
  write(
    run: string,
    outline: FilmOutline,
    moments: readonly { readonly branch: number; readonly moment: Moment }[],
    gone: readonly { readonly branch: number; readonly step: number }[],
  ): Promise<void>;
}

/** Where nothing is kept. */
export const NO_DISK: FilmDisk = { load: async () => null, write: async () => {} };

/** Runs whose films are kept at most, the latest. */
const MAX_RUNS = 4;

/** The browser's storage; one that keeps nothing where there is none. */
export function browserDisk(): FilmDisk {
  try {
    if (typeof indexedDB === "undefined") return NO_DISK;
    return indexedDatabaseDisk(createStore("gan-playground-films", "moments"));
  } catch {
    return NO_DISK;
  }
}

const outlineKey = (run: string) => ["film", run];
const momentKey = (run: string, branch: number, step: number) => ["moment", run, branch, step];
/** All keys that begin with these parts. An array sorts after every number and text. */
const below = (...parts: readonly string[]) => IDBKeyRange.bound([...parts], [...parts, []]);

function indexedDatabaseDisk(use: UseStore): FilmDisk {
  return {
    async load(run) {
      try {
        const outline: unknown = await get(outlineKey(run), use);
        if (!isOutline(outline)) return null;
        const branches = [];
        for (const { steps, ...info } of outline.branches) {
          const moments: Moment[] = [];
          for (const step of steps) {
            const moment: unknown = await get(momentKey(run, info.id, step), use);
            if (isMoment(moment)) moments.push(moment);
          }
          branches.push({ info, moments });
        }
        return { current: outline.current, branches, left: outline.left };
      } catch {
        return null;
      }
    },
    async write(run, outline, moments, gone) {
      try {
        await use("readwrite", async (store) => {
          store.put({ ...outline, savedAt: Date.now() }, outlineKey(run));
          for (const { branch, moment } of moments) store.put(moment, momentKey(run, branch, moment.step));
          for (const { branch, step } of gone) store.delete(momentKey(run, branch, step));
          const keys = await promisifyRequest<IDBValidKey[]>(store.getAllKeys(below("film")));
          if (keys.length <= MAX_RUNS) return;
          const films = await promisifyRequest<unknown[]>(store.getAll(below("film")));
          const ages = keys.map((key, i) => ({ run: runOf(key), at: savedAt(films[i]) })).sort((a, b) => b.at - a.at);
          for (const old of ages.slice(MAX_RUNS)) {
            store.delete(outlineKey(old.run));
            store.delete(below("moment", old.run));
          }
        });
      } catch {
        // the disk is full or storage is forbidden: memory still holds the film
      }
    },
  };
}

const runOf = (key: IDBValidKey) => (Array.isArray(key) ? String(key[1]) : "");

function savedAt(value: unknown): number {
  return typeof value === "object" && value !== null && "savedAt" in value ? Number(value.savedAt) : 0;
}

/** What this file wrote is trusted in its form; whether it is whole and of this version is not. */
function isOutline(value: unknown): value is FilmOutline {
  return typeof value === "object" && value !== null && "branches" in value && "left" in value && "current" in value;
}

function isMoment(value: unknown): value is Moment {
  if (typeof value !== "object" || value === null || !("arms" in value) || !Array.isArray(value.arms)) return false;
  return value.arms.every(({ snapshot }: Moment["arms"][number]) => {
    const whole = snapshot.tensors.every(({ shape, values }) => values.length === shape.reduce((a, b) => a * b, 1));
    return whole && parseConfig(snapshot.config).problems.length === 0;
  });
}
