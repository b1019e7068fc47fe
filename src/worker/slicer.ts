/** Trains a slice at a stretch: how many steps, how fast, never more than a speed limit. Not when (session.ts). */
import type { Players } from "../core/config";
import { modelOf } from "../core/models";
import type { Arm } from "./arm";
import { SpeedLimit, SpeedMeter } from "./pacing";

/** Leaves half of a 60 Hz frame for messages and views. At least one step, however long it takes. */
const SLICE_MS = 8;
/** Slices whose time says nothing of those to come. */
const RECORDING_SLICES = 5;

export class Slicer {
  readonly meter = new SpeedMeter();
  readonly limit = new SpeedLimit();
  readonly #now: () => number;
  /** Most steps in a slice; follows the measured time of a step, since on a GPU `train` returns long before the work is done. */
  #most = 1;
  #slices = 0;
  #msPerStep = 0;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Other networks or another device: what was measured no longer holds. */
  forget(): void {
    this.#most = 1;
    this.#slices = 0;
  }

  /** One arm's step over the last slices, in ms; null before enough were taken: the first ones record and compile. */
  get msPerStep(): number | null {
    return this.#slices > RECORDING_SLICES ? this.#msPerStep : null;
  }

  /** Takes one step of every arm that has such a player, and reads its numbers. */
  async single(arms: readonly Arm[], player: Players): Promise<void> {
    for (const arm of having(arms, player)) arm.trainer.train(player);
    for (const arm of having(arms, player)) await arm.collect(player);
  }

  /**
   * Trains arms for about SLICE_MS, all of them a step before any takes the next, and reads their numbers.
   * @param most steps, at least 1
   * @param player the only one that learns; arms without such a player wait
   */
  async slice(all: readonly Arm[], most = Number.POSITIVE_INFINITY, player: Players = "all"): Promise<void> {
    const arms = having(all, player);
    if (arms.length === 0) throw new Error(`No arm has a player called "${player}".`);
    const started = this.#now();
    let steps = 0;
    let now = started; // read once a step: in a browser that costs more than the smallest kernels
    do {
      for (const arm of arms) arm.trainer.train(player);
      steps += 1;
      now = this.#now();
      this.limit.step(now);
    } while (
      steps < Math.min(this.#most, most) &&
      now - started < SLICE_MS &&
      this.limit.wait(now) === 0 &&
      arms.every((arm) => arm.hasData())
    );
    for (const arm of arms) await arm.collect(player);
    const ended = this.#now();
    this.meter.count(ended, steps);
    this.#slices += 1;
    const each = (ended - started) / (steps * arms.length);
    this.#msPerStep = this.#slices <= RECORDING_SLICES + 1 ? each : 0.9 * this.#msPerStep + 0.1 * each;
    const fitting = Math.floor((SLICE_MS * steps) / Math.max(ended - started, 0.01));
    this.#most = Math.max(1, Math.min(fitting, 2 * this.#most));
  }
}

/** The arms whose model has such a player. */
const having = (arms: readonly Arm[], player: Players) =>
  arms.filter(({ config }) => player === "all" || player in modelOf(config).players);
