/**
 * Going back in time: keeps moments of the run as it goes, puts the arms where they were, and lets the run go another way from
 * there. While a past moment is visited everything that is asked is answered by it; the present waits. No loop, no messages.
 */
import type { ArmId } from "../core/arms";
import { Film, type FilmIndex, type Moment } from "../core/film";
import { LeftBranches } from "../core/left-branches";
import { type ArmSnapshot, type RunSnapshot, stepOf } from "../core/snapshot";
import type { Arms } from "./arms";
import type { FilmDisk } from "./film-disk";
import { Aging, CostAware } from "./pacing";
import type { Visited } from "./protocol";

/** Steps that are trained again at most to come to a step between two moments. */
const MOST_AGAIN = 20_000;
/** Bytes of moments and of left branches on the disk at most. */
const DISK_BYTES = 24e6;
/** Moments while training: a moment reads every tensor, which on a graphics card waits for all that was asked of it. */
const MOMENTS = { share: 0.02, longest: 20_000 } as const;
/** Milliseconds between two at least: a tenth of a second while a run is young, up to half a second later on. */
const AGING = { share: 0.05, youngest: 100, oldest: 500 } as const;

export class TimeTravel {
  readonly #arms: Arms;
  readonly #film = new Film();
  readonly #disk: FilmDisk;
  readonly #now: () => number;
  readonly #clock = new CostAware(MOMENTS.share, AGING.oldest, MOMENTS.longest);
  readonly #aging = new Aging(AGING.share, AGING.youngest, AGING.oldest);
  /** The name under which the film is kept; null where it is not. */
  #run: string | null = null;
  /** Moments that are on the disk, by `writtenKey`. */
  #written = new Map<string, { readonly branch: number; readonly step: number }>();
  /** All arms as they were when the visit began; null in the present. */
  #present: readonly ArmSnapshot[] | null = null;
  /** States, curves and measures of branches that the run is not on. */
  readonly #left = new LeftBranches();
  /** A branch has a name that is not on the disk. */
  #renamed = false;
  /** Counts what `index` tells. */
  #version = 0;

  /** @param now ms */
  constructor(arms: Arms, disk: FilmDisk, now: () => number) {
    this.#arms = arms;
    this.#disk = disk;
    this.#now = now;
  }

  get visiting(): boolean {
    return this.#present !== null;
  }

  /** Grows whenever `index` tells something new. */
  get version(): number {
    return this.#version;
  }

  get index(): FilmIndex {
    const { branches, current, bytes } = this.#film;
    return { branches, current, bytes, visiting: this.visiting ? this.#arms.step : null };
  }

  /**
   * Keeps the present moment where one is due. All numbers must have been collected.
   * @param training steps go on by themselves: moments take a bounded share of the time
   */
  async record(training: boolean): Promise<void> {
    if (this.visiting) return;
    const { step } = this.#arms;
    this.#film.reached(step);
    this.#version += 1;
    const started = this.#now();
    if (!this.#film.wants(step) || (training && !this.#clock.due(started))) return;
    this.#film.add(await this.#moment());
    this.#clock.done(started, this.#now(), this.#aging.interval(started));
  }

  /** Keeps the present moment, as it is after a change of its settings: the steps that follow are taken again with these. */
  async mark(): Promise<void> {
    if (this.visiting || this.#arms.step === 0) return;
    const moment = await this.#moment();
    this.#film.add(moment, true);
    this.#written.delete(writtenKey(this.#film.current, moment.step)); // one of that step may be there with the settings before
    this.#version += 1;
  }

  /**
   * Puts all arms where they were at a step, or at the kept moment nearest to it.
   * @param exact trains again from the moment before, up to the very step
   * @throws Error where there is no such moment
   */
  async visit(step: number, exact: boolean): Promise<Visited> {
    const moment = this.#film.nearest(step, exact);
    if (moment === null) throw new Error(NO_MOMENT);
    if (exact && step - moment.step > MOST_AGAIN) throw new Error("That step is too far from the last kept moment.");
    if (exact && this.#film.changedBetween(moment.step, step)) throw new Error(CHANGED_BETWEEN);
    if (this.#present === null) {
      void this.persist(); // nothing is written while the past is visited, and the page may be left from there
      const { arms } = await this.#arms.save();
      this.#present = arms;
      this.#film.add(momentOf(arms));
    }
    this.#put(moment);
    if (exact) await this.#trainAgain(step, this.#present);
    this.#version += 1;
    return this.#visited();
  }

  /**
   * Lets somebody look at the arms as they were at the kept moment nearest to a step, and puts them where they are now again. All
   * numbers must have been collected.
   * @throws Error where there is no such moment
   */
  async lookBack<Seen>(step: number, look: () => Promise<Seen>): Promise<Seen> {
    const moment = this.#film.nearest(step);
    if (moment === null) throw new Error(NO_MOMENT);
    const here = [];
    for (const arm of this.#arms.all) here.push({ arm, snapshot: await arm.trainer.save() });
    try {
      this.#put(moment);
      return await look();
    } finally {
      for (const { arm, snapshot } of here) arm.travel(snapshot);
    }
  }

  /** Back to the present, exactly as it was. */
  back(): Visited {
    if (this.#present !== null) {
      for (const { id, snapshot } of this.#present) this.#arms.find(id)?.travel(snapshot);
      this.#present = null;
      this.#version += 1;
    }
    return this.#visited();
  }

  /** The visited moment becomes the present: from here on the run goes another way. What it had become is kept as a branch. */
  async settle(): Promise<void> {
    if (this.#present === null) return;
    this.#leave(this.#film.current, this.#present);
    const { step } = this.#arms;
    this.#film.fork(step);
    this.#present = null;
    for (const arm of this.#arms.all) await arm.settle();
    this.#version += 1;
  }

  /** Goes to where another branch has come to. @throws Error where there is none of that name */
  async goTo(branch: number): Promise<Visited> {
    this.back();
    if (branch !== this.#film.current) {
      const { arms } = await this.#arms.save();
      const left = this.#left.get(branch);
      if (left === undefined) throw new Error("There is no such branch any more.");
      this.#film.add(momentOf(arms));
      this.#leave(this.#film.current, arms);
      this.#film.goTo(branch);
      this.#takeUp(branch);
      for (const saved of left) this.#arms.find(saved.id)?.restoreLive(saved);
    }
    this.#version += 1;
    return this.#visited();
  }

  /** Forgets a branch, and those that parted from it. */
  prune(branch: number): void {
    if (!this.#film.prune(branch)) throw new Error("The branch that the run is on, and those that it came from, stay.");
    this.#left.keepOnly(this.#film.branches.map(({ id }) => id));
    this.#film.beside = this.#left.bytes;
    this.#version += 1;
  }

  /** What a person calls a branch; kept with the film. */
  async rename(branch: number, name: string): Promise<void> {
    this.#film.rename(branch, name);
    this.#version += 1;
    this.#renamed = true;
    await this.persist();
  }

  /** Everything of the run as it is in the present, whatever is visited. */
  async save(): Promise<RunSnapshot> {
    return this.#present === null ? this.#arms.save() : { arms: this.#present };
  }

  /** The run is kept under this name from now on. */
  name(run: string | null): void {
    if (run === this.#run) return;
    this.#run = run;
    this.#written = new Map();
  }

  /** Writes what is new of the film to the disk. */
  async persist(): Promise<void> {
    const run = this.#run;
    if (run === null || this.visiting) return;
    const chosen = this.#film.sparse(DISK_BYTES - this.#left.bytes);
    const keys = new Map(
      chosen.map(({ branch, moment }) => [writtenKey(branch, moment.step), { branch, step: moment.step }]),
    );
    const fresh = chosen.filter(({ branch, moment }) => !this.#written.has(writtenKey(branch, moment.step)));
    const gone = [...this.#written].filter(([key]) => !keys.has(key)).map(([, one]) => one);
    if (fresh.length === 0 && gone.length === 0 && !this.#renamed) return;
    this.#written = keys;
    this.#renamed = false;
    const branches = this.#film.branches.map((info) => ({
      ...info,
      steps: chosen.filter(({ branch }) => branch === info.id).map(({ moment }) => moment.step),
    }));
    await this.#disk.write(run, { branches, current: this.#film.current, left: this.#left.all() }, fresh, gone);
  }

  /** Takes up the film of a run that was brought back from an earlier visit. */
  async takeUp(run: RunSnapshot): Promise<void> {
    const kept = this.#run === null ? null : await this.#disk.load(this.#run);
    if (kept === null) return;
    const step = stepOf(run);
    // What was written after the run itself was kept last is not of this present.
    const branches = kept.branches.map(({ info, moments }) => {
      const own = info.id === kept.current;
      return { info: own ? { ...info, tip: step } : info, moments: moments.filter((one) => !own || one.step <= step) };
    });
    this.#film.restore(branches, kept.current);
    this.#film.add(momentOf(run.arms));
    for (const { branch, arms } of kept.left) this.#leave(branch, arms);
    for (const { info, moments } of branches) {
      for (const one of moments) this.#written.set(writtenKey(info.id, one.step), { branch: info.id, step: one.step });
    }
    this.#version += 1;
  }

  /** Networks were built anew, or a saved run was put in their place: a branch's end is known again, anything else begins a film. */
  replaced(run: RunSnapshot | null): void {
    this.#present = null;
    this.#version += 1;
    const known = run === null ? undefined : this.#left.all().find(({ arms }) => sameState(arms, run.arms));
    if (known !== undefined && run !== null) {
      this.#film.goTo(known.branch);
      this.#takeUp(known.branch);
      return;
    }
    this.#film.clear();
    this.#left.keepOnly([]);
    this.#film.beside = 0;
    this.#aging.renew();
    if (run !== null) this.#film.add(momentOf(run.arms));
  }

  /** What the run had become on a branch is kept, at the cost of moments. */
  #leave(branch: number, arms: readonly ArmSnapshot[]): void {
    this.#left.set(branch, arms);
    this.#film.beside = this.#left.bytes;
  }

  /** The run is on that branch again. */
  #takeUp(branch: number): void {
    this.#left.delete(branch);
    this.#film.beside = this.#left.bytes;
  }

  #put(moment: Moment): void {
    for (const { id, snapshot } of moment.arms) this.#arms.find(id)?.travel(snapshot);
  }

  /** Takes the steps again that led to a step. */
  async #trainAgain(to: number, present: readonly ArmSnapshot[]): Promise<void> {
    for (const arm of this.#arms.all) {
      const tip = present.find(({ id }) => id === arm.id)?.snapshot.step ?? 0; // one that had to wait has taken fewer
      await arm.trainAgain(Math.min(to, tip));
    }
  }

  async #moment(): Promise<Moment> {
    const arms = [];
    for (const arm of this.#arms.all) arms.push({ id: arm.id, snapshot: await arm.keep() });
    return { step: this.#arms.step, arms };
  }

  #visited(): Visited {
    return {
      step: this.#arms.step,
      present: !this.visiting,
      arms: this.#arms.all.map((arm) => ({ arm: arm.id, config: arm.config, readings: arm.readingsNow() })),
    };
  }
}

const CHANGED_BETWEEN =
  "Settings were changed between that step and the last moment kept before it, and the moment of the change is gone to make room: choose a step after the next kept moment.";
const writtenKey = (branch: number, step: number) => `${branch} ${step}`;
const NO_MOMENT = "There is no moment to go back to yet: train a few steps first.";

function momentOf(arms: readonly { readonly id: ArmId; readonly snapshot: ArmSnapshot["snapshot"] }[]): Moment {
  return {
    step: stepOf({ arms }),
    arms: arms.map(({ id, snapshot }) => ({ id, snapshot })),
  };
}

/** Whether two saved runs are at the same step with the same numbers. */
function sameState(one: readonly ArmSnapshot[], other: readonly ArmSnapshot[]): boolean {
  return (
    one.length === other.length &&
    one.every(({ id, snapshot }) => {
      const same = other.find((arm) => arm.id === id)?.snapshot;
      if (same === undefined || same.step !== snapshot.step) return false;
      return snapshot.tensors.every(({ name, values }) => {
        const twin = same.tensors.find((tensor) => tensor.name === name)?.values;
        return twin?.length === values.length && values.every((value, i) => Object.is(value, twin[i]));
      });
    })
  );
}
