/**
 * How good the arms' generators are, read between slices of training: a few milliseconds at a time, and seldom enough that
 * it costs a bounded share of the time. Not what is read (core/quality) and not the loop (session.ts).
 */

import { ARM_IDS } from "../core/arms";
import { samplerOf } from "../core/config";
import { recordKey } from "../core/effects";
import type { Judged } from "../core/metrics/evaluate-features";
import type { FeatureValues } from "../core/metrics/info";
import { evaluationCount } from "../core/metrics/sample-counts";
import type { Pieces } from "../core/pieces";
import { makeFeatureYardstick, measureFeatures } from "../core/quality/feature-measuring";
import { type MeasureValues, SHARE_IDS, type Standards } from "../core/quality/measures";
import { makeYardstick, meanRows, measure, type Sizes } from "../core/quality/measuring";
import type { Quality } from "../core/quality/quality";
import { hasTheory, type SeenGame, type Theory, theoryOf } from "../core/theory";
import { Classifier } from "../engine/classifier/classifier";
import type { ClassifierHeader } from "../engine/classifier/file";
import { isHere } from "../engine/data";
import { evaluationReals, evaluationSamples, seenGame } from "../engine/probes";
import type { Arm } from "./arm";
import type { Arms } from "./arms";
import type { Classifiers } from "./classifiers";
import { Aging, CostAware } from "./pacing";
import type { WorkerEvent } from "./protocol";

/** Less than a twentieth of the time, once in half a minute at least. */
const PACE = { share: 0.04, longest: 30_000 } as const;
/** Every half second at most while a run is young; of one that is a while on, every fifth of its age, up to two seconds. */
const AGING = { share: 0.2, youngest: 500, oldest: 2_000 } as const;
/** Work at a stretch while arms train. */
const STRETCH_MS = 4;
/** Real samples are drawn as those of this training step and the next. */
const REALS_STEP = 1;

export interface QualityMeterOptions {
  readonly post: (event: WorkerEvent) => void;
  readonly now: () => number;
  readonly arms: Arms;
  readonly classifiers: Classifiers;
  /** Whether the stage shows G's averaged weights: what is read is what is seen. */
  readonly averaged: () => boolean;
}

interface Round {
  readonly work: Pieces<void>;
  spent: number; // ms
  /** The reals' side was computed too, once for a run: that must not delay what comes next. */
  first: boolean;
}

/** What is measured of one arm, all of one step. */
interface Sample {
  readonly arm: Arm;
  readonly step: number;
  readonly fakes: Float32Array;
  /** Where theory says something of the game. */
  readonly game: SeenGame | null;
  /** The class that each was asked for; undefined where the model is told none. */
  readonly asked: Uint8Array | undefined;
  /** Where the data has a classifier: what it makes of the fakes. */
  readonly judged: Judged | null;
  /** Likewise of reals, and of the data's mean again and again, where its yardstick is yet to be made. */
  readonly standard: { readonly classifier: ClassifierHeader; readonly reals: Judged; readonly mean: Judged } | null;
}

/** What samples are held against, and how they are. */
interface Ruler {
  readonly standards: Standards;
  /** The reals' power spectrum; null where they are no images. */
  readonly spectrum: readonly number[] | null;
  read(sample: Sample): Pieces<Sizes & Pick<Quality, "seen">>;
}

export class QualityMeter {
  readonly #options: QualityMeterOptions;
  readonly #clock = new CostAware(PACE.share, AGING.oldest, PACE.longest);
  readonly #aging = new Aging(AGING.share, AGING.youngest, AGING.oldest);
  /** The reals' side, by dataset and seed; of as many arms as there can be. */
  readonly #rulers = new Map<string, Ruler>();
  /** Theory of real samples, by all that it depends on. */
  readonly #floors = new Map<string, Theory>();
  #stale = false;
  #round: Round | null = null;

  constructor(options: QualityMeterOptions) {
    this.#options = options;
  }

  /** Steps were taken, or what the stage shows changed otherwise. */
  changed(): void {
    this.#stale = true;
  }

  /** What runs was changed: it is read often again. */
  replaced(): void {
    this.#stale = true;
    this.#aging.renew();
  }

  /** Networks were built anew or went back: what is being read is of others. */
  rebuilt(): void {
    this.#round = null;
    this.replaced();
    this.#options.classifiers.forgetFaults();
    this.#clock.defer(this.#options.now(), 0);
  }

  /**
   * Does some of the work that is due.
   * @param training whether steps wait for it; else everything that changed is read at once
   * @returns at rest: whether there is more to do now; while arms train: whether anything was done
   */
  async work(training: boolean): Promise<boolean> {
    const { now } = this.#options;
    const started = now();
    if (this.#round === null) {
      if (!this.#stale || (training && !this.#clock.due(started))) return false;
      const arms = this.#options.arms.all;
      if (arms.length === 0 || !arms.every(hasReals)) return false;
      const { classifiers } = this.#options;
      if (arms.some(({ config }) => classifiers.get(config.dataset) === "coming")) return false;
      this.#stale = false;
      const first = arms.some((arm) => !this.#rulers.has(keyOf(arm)));
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
      this.#clock.done(ended - (round.first ? 0 : round.spent), ended, this.#aging.interval(ended));
    }
    return training || !done || this.#stale; // what changed meanwhile is read next
  }

  /** G's samples of the fixed latents, all of one step. */
  async #sample(arm: Arm): Promise<Sample> {
    const { config, trainer, data } = arm;
    const { step } = trainer;
    const count = evaluationCount(config.dataset);
    const averaged = this.#options.averaged() && samplerOf(config).ema > 0;
    const { samples: fakes, asked } = await evaluationSamples(trainer, count, averaged);
    const game = hasTheory(config) ? await seenGame(trainer, fakes, realsOf(arm, REALS_STEP)) : null;
    const own = { arm, step, fakes, game, asked };
    const file = this.#options.classifiers.get(config.dataset);
    if (file === null || typeof file === "string") return { ...own, judged: null, standard: null };
    // Made anew each time: the device may have been changed, and it is small.
    const classifier = new Classifier(file);
    try {
      const judged = await classifier.judge(fakes, count);
      if (this.#rulers.has(keyOf(arm))) return { ...own, judged, standard: null };
      const reals = realsOf(arm, REALS_STEP);
      const dimension = data.shape.reduce((a, b) => a * b, 1);
      const standard = {
        classifier: file.header,
        reals: await classifier.judge(reals, count),
        mean: await classifier.judge(Float32Array.from(meanRows(reals, dimension)), count),
      };
      return { ...own, judged, standard };
    } finally {
      classifier.dispose();
    }
  }

  /** What theory says of a sample, and of as many reals in place of the fakes. */
  *#theoryIn({ arm, game }: Sample): Pieces<Quality["theory"]> {
    const latest = game === null ? null : yield* theoryOf(arm.config, game);
    if (game === null || latest === null) return null;
    const key = `${keyOf(arm)} ${recordKey(arm.config)}`;
    const known = this.#floors.get(key);
    if (known !== undefined) return { latest, floor: known };
    const floor = yield* theoryOf(arm.config, { ...game, fakes: realsOf(arm, REALS_STEP + 1) });
    if (floor === null) return null;
    if (this.#floors.size >= ARM_IDS.length) this.#floors.clear();
    this.#floors.set(key, floor);
    return { latest, floor };
  }

  *#readAll(samples: readonly Sample[]): Pieces<void> {
    for (const sample of samples) {
      const { arm, step } = sample;
      const ruler = yield* this.#ruler(sample);
      if (ruler === null) continue;
      const sizes = yield* ruler.read(sample);
      const theory = yield* this.#theoryIn(sample);
      // A visited moment of the past is told, but the run has been measured there.
      if (step >= (arm.quality.lastStep ?? 0)) arm.quality.append(step, { ...sizes.values, ...theory?.latest });
      const quality: Quality = {
        step,
        latest: sizes.values,
        counts: sizes.counts,
        standards: ruler.standards,
        spectra:
          sizes.spectrum === null || ruler.spectrum === null ? null : { samples: sizes.spectrum, data: ruler.spectrum },
        seen: sizes.seen,
        theory,
        curves: arm.quality.all(),
      };
      this.#options.post({ type: "quality", arm: arm.id, quality });
    }
  }

  /** Null for images whose classifier did not come. */
  *#ruler(sample: Sample): Pieces<Ruler | null> {
    const { arm, judged, standard } = sample;
    const key = keyOf(arm);
    const known = this.#rulers.get(key);
    if (known !== undefined) return known;
    const { dataset, seed } = arm.config;
    if (this.#options.classifiers.get(dataset) !== null && (judged === null || standard === null)) return null;
    const yardstick = yield* makeYardstick(dataset, realsOf(arm, REALS_STEP), realsOf(arm, REALS_STEP + 1), seed);
    const spectrum = yardstick.image?.spectrum ?? null;
    let ruler: Ruler;
    if (judged === null || standard === null) {
      ruler = {
        standards: yardstick.standards,
        spectrum,
        *read({ fakes }) {
          return { ...(yield* measure(fakes, yardstick)), seen: null };
        },
      };
    } else {
      const { features, classes, accuracy, floors } = standard.classifier;
      const eyes = yield* makeFeatureYardstick(standard.reals, features, classes);
      const worst = gauged((yield* measureFeatures(standard.mean, eyes)).values);
      const standards = {
        floor: { ...yardstick.standards.floor, ...gauged(floors.values) },
        worst: { ...yardstick.standards.worst, ...worst, ...Object.fromEntries(SHARE_IDS.map((id) => [id, 0])) },
        clusters: classes,
      };
      ruler = {
        standards,
        spectrum,
        *read(own) {
          const sizes = yield* measure(own.fakes, yardstick);
          const { values, counts } = yield* measureFeatures(own.judged ?? judged, eyes, own.asked);
          const classes = counts && { samples: counts, data: eyes.counts };
          const seen = classes && { values, floors: { ...floors.values, classAccuracy: accuracy }, classes, accuracy };
          return { ...sizes, values: { ...sizes.values, ...gauged(values) }, counts, seen };
        },
      };
    }
    if (this.#rulers.size >= ARM_IDS.length) this.#rulers.clear();
    this.#rulers.set(key, ruler);
    return ruler;
  }
}

/** As many real samples as G's, those of a training step. */
const realsOf = ({ config, data }: Arm, step: number): Float32Array =>
  evaluationReals(data, config.seed, evaluationCount(config.dataset), step);

/** Of a classifier's readings those that are measures. */
function gauged(values: FeatureValues): MeasureValues {
  const { classesFound, confidence, featureCoverage, frechet } = values;
  return Object.fromEntries(
    Object.entries({ classesFound, confidence, featureCoverage, frechet }).filter(([, value]) => value !== undefined),
  );
}

/** Arms with the same data and seed have one yardstick. */
const keyOf = ({ config }: Arm) => `${config.dataset} ${config.seed}`;

/** Whether the reals are here; the session waits for what is not, and has all redrawn then. */
function hasReals({ data }: Arm): boolean {
  return isHere(data, REALS_STEP + 1);
}
