/**
 * Moments along a run, kept so that one can go back to any of them: spaced evenly to fit a budget of bytes, and kept in any case
 * where settings were changed. Branches share what came before they parted. Values only: what takes and restores them is the worker's.
 */
import type { ArmId } from "./arms";
import type { Snapshot } from "./snapshot";

/** All arms at one step. */
export interface Moment {
  /** Of the arm that has gone farthest. */
  readonly step: number;
  readonly arms: readonly { readonly id: ArmId; readonly snapshot: Snapshot }[];
}

/** Where a branch parted from another one. */
export interface Fork {
  readonly branch: number;
  readonly step: number;
}

/** One way that the run has gone. */
export interface BranchInfo {
  readonly id: number;
  /** What a person calls it; null where nobody named it. */
  readonly name: string | null;
  /** Null for the first. */
  readonly from: Fork | null;
  /** The farthest step that it has come to. */
  readonly tip: number;
  /** Steps of its own moments, ascending; those before it parted are its parent's. */
  readonly steps: readonly number[];
  /** Steps of its own at which settings were changed, ascending, whether their moments are kept or not. */
  readonly changes: readonly number[];
}

/** What is known of a film without its moments. */
export interface FilmIndex {
  readonly branches: readonly BranchInfo[];
  /** The branch that the run is on. */
  readonly current: number;
  /** The step that is being looked at; null in the present. */
  readonly visiting: number | null;
  readonly bytes: number;
}

interface Branch {
  readonly id: number;
  name: string | null;
  readonly from: Fork | null;
  tip: number;
  changes: readonly number[];
  moments: { readonly moment: Moment; readonly bytes: number }[];
}

/** The steps that one can go to on a branch's path, ascending: its own, and its ancestors' up to where they parted. */
export function pathSteps(branches: readonly BranchInfo[], current: number): readonly number[] {
  const found: number[] = [];
  let branch = branches.find(({ id }) => id === current);
  let upTo = Number.POSITIVE_INFINITY;
  while (branch !== undefined) {
    const { steps, from }: BranchInfo = branch;
    const limit = upTo;
    found.unshift(...steps.filter((step) => step <= limit));
    upTo = Math.min(limit, from?.step ?? 0);
    branch = branches.find(({ id }) => id === from?.branch);
  }
  return found.filter((step, i) => step !== found[i + 1]);
}

/** Bytes of moments, and of what is kept beside them, at most. */
export const FILM_BYTES = 128e6;
/** Letters of a branch's name. */
const LONGEST_NAME = 60;
/** Steps between two moments while there is room. */
const FINEST = 10;

export class Film {
  readonly #maxBytes: number;
  #branches: Branch[] = [newBranch(1, null)];
  #current = 1;
  #nextId = 2;
  /** Of the budget, what is kept beside the moments. */
  #beside = 0;

  /** @param maxBytes smaller values are for tests */
  constructor(maxBytes = FILM_BYTES) {
    this.#maxBytes = maxBytes;
  }

  get bytes(): number {
    return this.#all().reduce((sum, { bytes }) => sum + bytes, this.#beside);
  }

  /** So many bytes are kept beside the moments: these get the rest. */
  set beside(bytes: number) {
    this.#beside = bytes;
    this.#thin();
  }

  get current(): number {
    return this.#current;
  }

  get branches(): readonly BranchInfo[] {
    return this.#branches.map(({ id, name, from, tip, changes, moments }) => ({
      id,
      name,
      from,
      tip,
      steps: moments.map(({ moment }) => moment.step),
      changes,
    }));
  }

  /** Another run begins. */
  clear(): void {
    this.#branches = [newBranch(1, null)];
    this.#current = 1;
    this.#nextId = 2;
  }

  /** Whether a moment is due that many steps after the run began. */
  wants(step: number): boolean {
    const { moments, from } = this.#branch();
    const last = moments.at(-1)?.moment.step ?? from?.step ?? null;
    return last === null || step - last >= this.#spacing();
  }

  /** The run on the current branch has come to this step. */
  reached(step: number): void {
    const branch = this.#branch();
    branch.tip = Math.max(branch.tip, step);
  }

  /**
   * Keeps a moment of the current branch, in place of one of the same step.
   * @param changed settings were changed there: it stays as long as there is room for such moments
   */
  add(moment: Moment, changed = false): void {
    const branch = this.#branch();
    const { step } = moment;
    const rest = branch.moments.filter((one) => one.moment.step !== step);
    branch.moments = [...rest, { moment, bytes: bytesOf(moment) }].sort((a, b) => a.moment.step - b.moment.step);
    if (changed && !branch.changes.includes(step)) branch.changes = ascending([...branch.changes, step]);
    this.reached(step);
    this.#thin();
  }

  /** The moments of the current branch and of those that it came from, ascending. */
  path(): readonly Moment[] {
    const found = this.#ancestry().flatMap(({ branch, upTo }) =>
      branch.moments.map(({ moment }) => moment).filter(({ step }) => step <= upTo),
    );
    return found.filter((moment, i) => moment.step !== found[i + 1]?.step);
  }

  /** Whether settings were changed on the current path after one step and not after another: the steps between are not one experiment's. */
  changedBetween(after: number, upTo: number): boolean {
    return this.#ancestry().some(({ branch, upTo: limit }) =>
      branch.changes.some((step) => step > after && step <= Math.min(upTo, limit)),
    );
  }

  /** The moment nearest to a step on the current branch's path; null where there is none. @param before the nearest not after it */
  nearest(step: number, before = false): Moment | null {
    let best: Moment | null = null;
    for (const moment of this.path()) {
      if (before && moment.step > step) continue;
      if (best === null || Math.abs(moment.step - step) <= Math.abs(best.step - step)) best = moment;
    }
    return best;
  }

  /**
   * Some of the moments, of so many bytes at most and even along each branch, chosen so that most stay chosen as the run goes on:
   * those next to multiples of a power of two, and before them the latest at which settings were changed.
   */
  sparse(maxBytes: number): readonly { readonly branch: number; readonly moment: Moment }[] {
    return this.#branches.flatMap(({ id, from, tip, changes, moments }) => {
      const each = moments.at(-1)?.bytes ?? 1;
      const room = Math.max(2, Math.floor(maxBytes / each / this.#branches.length));
      const changed = moments.filter(({ moment }) => changes.includes(moment.step)).slice(-Math.floor(room / 2));
      let stride = FINEST;
      while ((tip - (from?.step ?? 0)) / stride > room - changed.length) stride *= 2;
      const slots = new Map<number, (typeof moments)[number]>();
      for (const one of moments) {
        const slot = Math.floor(one.moment.step / stride);
        if (!slots.has(slot)) slots.set(slot, one);
      }
      const chosen = new Set([...slots.values(), ...changed]);
      return moments.filter((one) => chosen.has(one)).map(({ moment }) => ({ branch: id, moment }));
    });
  }

  /** From here on the run goes another way: a branch of its own. Its moments up to there are shared. */
  fork(step: number): void {
    const parent = this.#owner(step);
    const id = this.#nextId++;
    this.#branches = [...this.#branches, newBranch(id, { branch: parent, step })];
    this.#current = id;
  }

  /** Gives a branch a name; an empty one takes it away. */
  rename(id: number, name: string): void {
    const branch = this.#branches.find((one) => one.id === id);
    if (branch !== undefined) branch.name = name.trim() === "" ? null : name.trim().slice(0, LONGEST_NAME);
  }

  /** The run is on another branch. @returns false where there is none of that name */
  goTo(id: number): boolean {
    if (!this.#branches.some((branch) => branch.id === id)) return false;
    this.#current = id;
    return true;
  }

  /** Forgets a branch and those that parted from it. The current one and what it came from stay. @returns whether it went */
  prune(id: number): boolean {
    const doomed = new Set([id]);
    for (const { id: own, from } of this.#branches) if (from !== null && doomed.has(from.branch)) doomed.add(own);
    if (doomed.has(this.#current) || id === this.#branches[0]?.id) return false;
    this.#branches = this.#branches.filter((branch) => !doomed.has(branch.id));
    return true;
  }

  /** Puts kept branches in place of the present ones. */
  restore(
    branches: readonly { readonly info: Omit<BranchInfo, "steps">; readonly moments: readonly Moment[] }[],
    current: number,
  ): void {
    if (branches.length === 0) return;
    this.#branches = branches.map(({ info, moments }) => ({
      id: info.id,
      name: info.name ?? null, // films of older versions have none
      from: info.from,
      tip: info.tip,
      changes: (info.changes ?? []).filter((step) => step <= info.tip), // likewise
      moments: moments.map((moment) => ({ moment, bytes: bytesOf(moment) })),
    }));
    this.#current = branches.some(({ info }) => info.id === current) ? current : (branches[0]?.info.id ?? 1);
    this.#nextId = Math.max(...branches.map(({ info }) => info.id)) + 1;
    this.#thin();
  }

  #branch(): Branch {
    const branch = this.#branches.find(({ id }) => id === this.#current);
    if (branch === undefined) throw new Error("unreachable: there is always a current branch");
    return branch;
  }

  /** The branch of the current path to which a step belongs. */
  #owner(step: number): number {
    let branch = this.#branch();
    for (;;) {
      const { from } = branch;
      const parent =
        from === null || step > from.step ? undefined : this.#branches.find(({ id }) => id === from.branch);
      if (parent === undefined) return branch.id;
      branch = parent;
    }
  }

  /** The current branch after those that it came from, each up to the step to which it belongs to the path. */
  #ancestry(): readonly { readonly branch: Branch; readonly upTo: number }[] {
    const found: { readonly branch: Branch; readonly upTo: number }[] = [];
    let branch: Branch | undefined = this.#branch();
    let upTo = Number.POSITIVE_INFINITY;
    while (branch !== undefined) {
      found.unshift({ branch, upTo });
      const { from }: Branch = branch;
      if (from === null) break;
      upTo = Math.min(upTo, from.step);
      branch = this.#branches.find(({ id }) => id === from.branch);
    }
    return found;
  }

  #all() {
    return this.#branches.flatMap(({ moments }) => moments);
  }

  /** Steps between two moments of the current branch: as fine as its share of the budget allows. */
  #spacing(): number {
    const { moments, tip, from } = this.#branch();
    const each = moments.at(-1)?.bytes ?? 1;
    const room = Math.max(2, Math.floor((this.#maxBytes - this.#beside) / each / this.#branches.length));
    return Math.max(FINEST, Math.ceil((tip - (from?.step ?? 0)) / room));
  }

  /** Drops what leaves the smallest gap until the budget is kept. Ends, forks and changes of settings stay longest. */
  #thin(): void {
    let bytes = this.bytes;
    for (const sparing of [true, false]) {
      while (bytes > this.#maxBytes) {
        let worst: { readonly branch: Branch; readonly i: number; readonly gap: number } | null = null;
        for (const branch of this.#branches) {
          for (let i = 1; i + 1 < branch.moments.length; i++) {
            const [before, own, after] = [branch.moments[i - 1], branch.moments[i], branch.moments[i + 1]];
            if (before === undefined || own === undefined || after === undefined) continue;
            const { step } = own.moment;
            if (sparing && (branch.changes.includes(step) || this.#isFork(branch.id, step))) continue;
            const gap = after.moment.step - before.moment.step;
            if (worst === null || gap < worst.gap) worst = { branch, i, gap };
          }
        }
        if (worst === null) break;
        bytes -= worst.branch.moments[worst.i]?.bytes ?? 0;
        worst.branch.moments = worst.branch.moments.filter((_, i) => i !== worst?.i);
      }
    }
  }

  #isFork(branch: number, step: number): boolean {
    return this.#branches.some(({ from }) => from?.branch === branch && from.step === step);
  }
}

const newBranch = (id: number, from: Fork | null): Branch => ({
  id,
  name: null,
  from,
  tip: from?.step ?? 0,
  changes: [],
  moments: [],
});

const ascending = (steps: readonly number[]) => [...steps].sort((a, b) => a - b);

/** Bytes of a moment's tensors. */
function bytesOf({ arms }: Moment): number {
  const tensors = arms.flatMap(({ snapshot }) => snapshot.tensors);
  return tensors.reduce((sum, { values }) => sum + values.byteLength, 0);
}
