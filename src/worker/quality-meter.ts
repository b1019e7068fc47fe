/**
 * How good the arms' generators are, read between slices of training: a few milliseconds at a time, and seldom enough that
 * it costs a bounded share of the time. Not what is read (core/quality) and not the loop (session.ts).
 */
import { ARM_IDS } from "../core/arms";
import { sampleLatents } from "../core/latents";
import { evaluationCount } from "../core/metrics/sample-counts";
import { makeYardstick, measure, type Pieces, type Yardstick } from "../core/quality/measuring";
import type { Quality } from "../core/quality/quality";
import { STREAMS } from "../core/rng";
import { isHere } from "../engine/data";
import { generate } from "../engine/probes";
import type { Arm } from "./arm";
import type { Arms } from "./arms";
import { CostAware } from "./pacing";
import type { WorkerEvent } from "./protocol";

/** Less than a twentieth of the time, every half second at most, once in half a minute at least. */
const PACE = { share: 0.04, shortest: 500, longest: 30_000 } as const;
/** Work at a stretch while arms train. */
const STRETCH_MS = 4;
/** Real samples are drawn as those of this training step and the next. */
const REALS_STEP = 1;
/** Samples generated at once: bounds the memory of one pass. */
const BATCH = 500;

export interface QualityMeterOptions {
  readonly post: (event: WorkerEvent) => void;
  readonly now: () => number;
  readonly arms: Arms;
  /** Whether the stage shows G's averaged weights: what is read is what is seen. */
  readonly averaged: () => boolean;
}

interface Round {
  readonly work: Pieces<void>;
  spent: number; // ms
  /** The reals' side was computed too, once for a run: that must not delay what comes next. */
  first: boolean;
}

export class QualityMeter {
  readonly #options: QualityMeterOptions;
  readonly #clock = new CostAware(PACE.share, PACE.shortest, PACE.longest);
  /** The reals' side, by dataset and seed; of as many arms as there can be. */
  readonly #yardsticks = new Map<string, Yardstick>();
  #stale = false;
  #round: Round | null = null;

  constructor(options: QualityMeterOptions) {
    this.#options = options;
  }

  /** Steps were taken, or what the stage shows changed otherwise. */
  changed(): void {
    this.#stale = true;
  }

  /** Networks were built anew or went back: what is being read is of others. */
  rebuilt(): void {
    this.#round = null;
    this.#stale = true;
    this.#clock.defer(this.#options.now(), 0);
  }

  /**
   * Does some of the work that is due.
   * @param training whether steps wait for it; else everything that changed is read at once
   * @returns whether there is more to do now
   */
  async work(training: boolean): Promise<boolean> {
    const { now } = this.#options;
    const started = now();
    if (this.#round === null) {
      if (!this.#stale || (training && !this.#clock.due(started))) return false;
      const arms = this.#options.arms.all;
      if (arms.length === 0 || !arms.every(hasReals)) return false;
      this.#stale = false;
      const first = arms.some((arm) => !this.#yardsticks.has(keyOf(arm)));
      this.#round = { work: this.#readAll(await Promise.all(arms.map((arm) => this.#sample(arm)))), spent: 0, first };
    }
    const round = this.#round;
    let done = false;
    do done = round.work.next().done === true;
    while (!done && now() - started < STRETCH_MS);
    const ended = now();
    round.spent += ended - started;
    if (done) {
      this.#round = null;
      this.#clock.done(ended - (round.first ? 0 : round.spent), ended);
    }
    return !done || this.#stale; // what changed meanwhile is read next
  }

  /** G's samples of the fixed latents, all of one step. */
  async #sample(arm: Arm): Promise<{ arm: Arm; step: number; fakes: Float32Array }> {
    const { config, trainer, data } = arm;
    const count = evaluationCount(config.dataset);
    const latents = new Float32Array(count * config.latent.size);
    sampleLatents(latents, config.latent.prior, config.seed, STREAMS.evaluate, 0);
    const dimension = data.shape.reduce((a, b) => a * b, 1);
    const fakes = new Float32Array(count * dimension);
    const averaged = this.#options.averaged() && config.generator.ema > 0;
    for (let at = 0; at < count; at += BATCH) {
      const n = Math.min(BATCH, count - at);
      const z = latents.subarray(at * config.latent.size, (at + n) * config.latent.size);
      fakes.set((await generate(trainer, z, n, averaged)).samples, at * dimension);
    }
    return { arm, step: trainer.step, fakes };
  }

  *#readAll(samples: readonly { arm: Arm; step: number; fakes: Float32Array }[]): Pieces<void> {
    for (const { arm, step, fakes } of samples) {
      const yardstick = yield* this.#yardstick(arm);
      const sizes = yield* measure(fakes, yardstick);
      arm.quality.append(step, sizes.values);
      const quality: Quality = {
        step,
        latest: sizes.values,
        counts: sizes.counts,
        standards: yardstick.standards,
        spectra:
          sizes.spectrum === null || yardstick.image === null
            ? null
            : { samples: sizes.spectrum, data: yardstick.image.spectrum },
        curves: arm.quality.all(),
      };
      this.#options.post({ type: "quality", arm: arm.id, quality });
    }
  }

  *#yardstick(arm: Arm): Pieces<Yardstick> {
    const key = keyOf(arm);
    const { config, data } = arm;
    const known = this.#yardsticks.get(key);
    if (known !== undefined) return known;
    const size = evaluationCount(config.dataset) * data.shape.reduce((a, b) => a * b, 1);
    const [reals, realsB] = [new Float32Array(size), new Float32Array(size)];
    data.minibatch(reals, config.seed, STREAMS.evaluate, REALS_STEP);
    data.minibatch(realsB, config.seed, STREAMS.evaluate, REALS_STEP + 1);
    const yardstick = yield* makeYardstick(config.dataset, reals, realsB, config.seed);
    if (this.#yardsticks.size >= ARM_IDS.length) this.#yardsticks.clear();
    this.#yardsticks.set(key, yardstick);
    return yardstick;
  }
}

/** Arms with the same data and seed have one yardstick. */
const keyOf = ({ config }: Arm) => `${config.dataset} ${config.seed}`;

/** Whether the reals are here; the session waits for what is not, and has all redrawn then. */
function hasReals({ data }: Arm): boolean {
  return isHere(data, REALS_STEP + 1);
}
