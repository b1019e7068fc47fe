/**
 * When runs are kept and which one is offered again: what runs is written as soon as it rests, every few seconds while it
 * trains, and when the person leaves. What is kept where: kept-runs.ts.
 */
import { dequal } from "dequal/lite";
import type { ArmConfig } from "../../core/arms";
import { explainError } from "../../core/errors";
import { parseConfig } from "../../core/parse-config";
import { type RunSnapshot, stepOf } from "../../core/snapshot";
import type { PageAccess } from "../page";
import { type Outline, VERSION } from "./kept-run";
import type { RunStore } from "./kept-runs";
import { countRows, type RunCopy } from "./run-copy";
import type { RunLocks } from "./run-locks";

/** While training, so much is written at most: a disk should not wear out for a hobby. */
const BYTES_PER_SECOND = 4e6;
/** Runs kept at most in all, and of one experiment; those that go on in other pages are not touched. */
const MAX_RUNS = 8;
const MAX_PER_EXPERIMENT = 2;
/** Beyond, the oldest run goes. */
const MAX_BYTES = 300e6;
/** A page that was just left may hold its run's lock for a moment more. */
const PATIENCE_MS = 1_500;
/** Under which the tab remembers the id of its run. */
const TAB_KEY = "run";

export interface RunKeeperOptions {
  readonly store: RunStore;
  readonly locks: RunLocks;
  /** What the tab remembers over a reload. */
  readonly tab: Pick<PageAccess, "readTab" | "writeTab">;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Told once when runs cannot be kept. */
  readonly onFailure: (why: string) => void;
}

/** A run of an earlier visit that can be taken up. */
export interface FoundRun {
  readonly id: string;
  readonly step: number;
  readonly run: RunSnapshot;
}

export interface RunKeeper {
  /** The name under which the run is kept now. */
  readonly id: string;
  /** There was a checkpoint; `resting` when the run goes on only when the person says so. */
  keep(copy: RunCopy, resting: boolean): void;
  /** Writes what was not written yet: the person may be leaving. The request is made before this returns. */
  flush(): void;
  /** Another run begins, beside the one kept so far. */
  begin(): void;
  /** Goes on with a kept run, which from now on is kept under its own id. @returns false where another page has it */
  takeUp(found: FoundRun): Promise<boolean>;
  /** A kept run of an experiment that goes on in no page: this tab's own, else the latest. @throws Error in a sentence when it is damaged */
  find(arms: readonly ArmConfig[]): Promise<FoundRun | null>;
  dispose(): void;
}

export function createRunKeeper({ store, locks, tab, now, onFailure }: RunKeeperOptions): RunKeeper {
  let id = newId();
  let lock = locks.take(id);
  let waiting: RunCopy | null = null;
  let writing = false;
  /** What comes to rest while something is being written is written next. */
  let again = false;
  /** The run for which room was made. */
  let roomFor = "";
  let nextAt = 0;
  let told = false;
  store.open();

  function write(): void {
    const copy = waiting;
    if (copy === null || copy.arms.length === 0) return;
    waiting = null;
    if (tab.readTab(TAB_KEY) !== id) tab.writeTab(TAB_KEY, id);
    writing = true;
    again = false;
    const chunks = copy.takeChanged();
    const bytes = sizeOf(copy);
    const states = copy.arms.map(({ curves: _curves, ...state }) => state);
    const outline: Outline = {
      version: VERSION,
      id,
      savedAt: now(),
      step: stepOf(copy),
      bytes: bytes.state + bytes.curves,
      arms: copy.arms.map(({ id: arm, snapshot: { config }, curves: { columns, changes, turns, chunks: parts } }) => ({
        id: arm,
        config,
        columns: [...columns],
        rows: countRows(parts),
        changes: [...changes],
        turns: [...turns],
      })),
    };
    const written = chunks.reduce((sum, { rows }) => sum + rows.values.byteLength + rows.steps.byteLength, bytes.state);
    nextAt = now() + (1000 * written) / BYTES_PER_SECOND;
    store
      .save(outline, states, chunks)
      .then(() => (roomFor === outline.id ? undefined : makeRoom(outline)))
      .catch((error: unknown) => {
        copy.changeAll();
        if (told) return;
        told = true;
        onFailure(explainError(error));
      })
      .finally(() => {
        writing = false;
        if (again) write();
      });
  }

  /** What was kept longest ago goes first, and of one experiment all but the latest. */
  async function makeRoom(own: Outline): Promise<void> {
    roomFor = own.id;
    const kept = await store.list();
    const runs = kept
      .flatMap(({ outline }) => (outline === null ? [] : [outline]))
      .sort((a, b) => b.savedAt - a.savedAt);
    let bytes = 0;
    const superfluous = runs.filter((run, i) => {
      bytes += run.bytes;
      const alike = runs.slice(0, i).filter((newer) => sameExperiment(newer, run)).length;
      return run.id !== own.id && (i >= MAX_RUNS || alike >= MAX_PER_EXPERIMENT || bytes > MAX_BYTES);
    });
    for (const run of superfluous) {
      const free = await locks.take(run.id);
      if (free === null) continue;
      await store.remove([run.id]);
      free.release();
    }
  }

  function use(next: string, held: typeof lock): void {
    void lock.then((former) => former?.release());
    id = next;
    lock = held;
  }

  return {
    get id() {
      return id;
    },
    keep(copy, resting) {
      waiting = copy;
      if (writing) again = resting;
      else if (resting || now() >= nextAt) write();
    },
    flush: write,
    begin() {
      write();
      const next = newId();
      use(next, locks.take(next));
    },
    async takeUp(found) {
      const held = await locks.take(found.id);
      if (held === null) return false;
      write();
      use(found.id, Promise.resolve(held));
      return true;
    },
    async find(arms) {
      const kept = await store.list();
      const unreadable = kept.filter(({ outline }) => outline === null).map(({ key }) => key);
      if (unreadable.length > 0) {
        await store.remove(unreadable);
        throw new Error("it was kept by another version of this page");
      }
      const mine = tab.readTab(TAB_KEY);
      const alike = kept
        .flatMap(({ outline }) => (outline !== null && outline.step > 0 && isOf(outline, arms) ? [outline] : []))
        .sort((a, b) => Number(b.id === mine) - Number(a.id === mine) || b.savedAt - a.savedAt);
      for (const outline of alike) {
        const free = await locks.take(outline.id, PATIENCE_MS);
        if (free === null) continue;
        try {
          return { id: outline.id, step: outline.step, run: await store.load(outline) };
        } catch (error) {
          await store.remove([outline.id]); // or it would be in the way at every visit
          throw error;
        } finally {
          free.release();
        }
      }
      return null;
    },
    dispose() {
      write();
      void lock.then((held) => held?.release());
    },
  };
}

/** A name for a record and a lock; no run depends on it. */
const newId = () => Math.random().toString(36).slice(2, 14);

/** Bytes of all numbers of a run. */
function sizeOf(copy: RunCopy): { readonly state: number; readonly curves: number } {
  const tensors = copy.arms.flatMap(({ snapshot }) => snapshot.tensors);
  return {
    state: tensors.reduce((sum, { values }) => sum + values.byteLength, 0),
    curves: copy.arms.reduce((sum, { curves }) => sum + countRows(curves.chunks) * (8 + 4 * curves.columns.length), 0),
  };
}

/** Whether a kept run is of these arms. */
function isOf(outline: Outline, arms: readonly ArmConfig[]): boolean {
  const kept = outline.arms.map(({ id, config }) => ({ id, config: parseConfig(config).config }));
  return dequal(kept, [...arms]);
}

const sameExperiment = (one: Outline, other: Outline) =>
  dequal(
    one.arms.map(({ id, config }) => [id, config]),
    other.arms.map(({ id, config }) => [id, config]),
  );
