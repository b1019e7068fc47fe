/**
 * What the page is shown of the arms, and how often: state, stage frames, curves, how good they are, checkpoints. While training each is due
 * by its own clock, so that looking takes a bounded share of the time; while paused everything that changed is shown at once.
 */
import { dequal } from "dequal/lite";
import type { DeviceReport } from "../core/device";
import type { PlaneWindow } from "../core/plane-window";
import type { SlowStep } from "../core/slow-motion/types";
import type { ViewId } from "../core/stage";
import type { FileFetcher } from "../engine/data";
import { slowStep } from "../engine/probes";
import type { Arm } from "./arm";
import type { Arms } from "./arms";
import { Classifiers } from "./classifiers";
import { Looks, look } from "./looks";
import { CostAware, Throttle } from "./pacing";
import { Probes } from "./probes";
import type { Command, LookedBack, Phase, WorkerEvent } from "./protocol";
import { QualityMeter } from "./quality-meter";
import { StagePictures } from "./stage-pictures";
import type { TimeTravel } from "./time-travel";
import { transferables } from "./wire";

/** With a picture of the stage, since a frame of the page costs more than what changes in it; so long after the last one without. */
const STATE_MS = 120;
const CURVES_MS = 250;
const FILM_MS = 500;
/** Stage frames: a tenth of the time at most, at most 12 a second, at least one a second (then whatever it costs). */
const STAGE = { share: 0.1, shortest: 1000 / 12, longest: 1000 } as const;
/** Of a slice's time so much may pass before no more is begun to be shown. */
const PER_SLICE = 0.25;
/** Checkpoints: leaving must not cost two seconds of training; rarer where saving is slow. */
const CHECKPOINT = { share: 0.03, shortest: 1_200, longest: 20_000 } as const;
/** The first one soon, since there is nothing to go back to before it: a run may blow up within a second. */
const FIRST_CHECKPOINT_MS = 150;

type LookCommand = Extract<Command, { readonly type: "view" }>;

export interface ViewsOptions {
  readonly post: (event: WorkerEvent, transfer?: Transferable[]) => void;
  readonly now: () => number;
  readonly arms: Arms;
  readonly travel: TimeTravel;
  /** Of files that judging images takes. */
  readonly fetch: FileFetcher;
  /** There is something to show though nobody asked. */
  readonly wake: () => void;
  readonly state: () => {
    readonly phase: Phase;
    readonly stepsPerSecond: number;
    readonly device: DeviceReport | null;
  };
}

export class Views {
  /** Whether views show G's averaged weights where there are any. */
  averaged = true;
  /** What pictures of points carry beside samples and D's map. */
  views: readonly ViewId[] = [];
  /** Whether pictures of points go as far as the fakes. */
  zoomed = false;
  /** The part of the plane that is looked at; null for the whole picture. */
  window: PlaneWindow | null = null;
  /** The class that D's map is of. */
  label = 0;
  /** What is looked at beside pictures. */
  readonly probes: Probes;
  /** What images are judged with. */
  readonly classifiers: Classifiers;
  readonly #options: ViewsOptions;
  readonly #quality: QualityMeter;
  readonly #looks: Looks;
  readonly #pictures: StagePictures;
  readonly #stateClock = new Throttle(STATE_MS);
  readonly #curvesClock = new Throttle(CURVES_MS);
  readonly #stageClock = new CostAware(STAGE.share, STAGE.shortest, STAGE.longest);
  readonly #checkpointClock = new CostAware(CHECKPOINT.share, CHECKPOINT.shortest, CHECKPOINT.longest);
  readonly #filmClock = new Throttle(FILM_MS);
  /** Version of the film that the page knows. */
  #film = -1;
  /** What differs from what the page was shown last; `now` also while training. */
  #state: "shown" | "stale" | "now" = "shown";
  #stage: "shown" | "stale" | "now" = "shown";
  #curves: "shown" | "stale" | "now" = "shown";
  #checkpoint: "shown" | "stale" | "now" = "shown";
  /** Whether steps wait for what is shown. */
  #training = false;
  /** What went wrong with pictures that another thread made. */
  #fault: unknown = null;
  /** When nothing more was shown. */
  #rested = Number.NEGATIVE_INFINITY;
  /** When a run began of which nothing was kept yet. */
  #young = Number.NEGATIVE_INFINITY;

  constructor(options: ViewsOptions) {
    this.#options = options;
    const { post, now, arms, travel, fetch, wake } = options;
    this.classifiers = new Classifiers({
      fetch,
      onEnd: () => {
        this.#quality.changed();
        wake();
      },
      onFault: (text) => post({ type: "notice", level: "warning", text }),
    });
    this.probes = new Probes({ post, now, arms });
    this.#quality = new QualityMeter({ post, now, arms, classifiers: this.classifiers, averaged: () => this.averaged });
    this.#pictures = new StagePictures({
      post,
      arms,
      look: () => {
        const { averaged, views, zoomed, window, label } = this;
        return { averaged, views, zoomed, window, label };
      },
      onPosted: () => {
        if (this.#state === "stale") this.#postState();
      },
      onLost: () => {
        this.#stage = "now";
      },
      onFault: (fault) => {
        this.#fault = fault;
      },
      onEnd: wake, // it may have been paused meanwhile
    });
    this.#looks = new Looks([
      look(
        () =>
          !(this.#training && this.#pictures.coming && this.#stage === "stale") &&
          this.#isDue(this.#stage, this.#stageClock),
        () => this.#postStage(),
      ),
      look(
        () => this.#isDue(this.#curves, this.#curvesClock),
        () => this.#postCurves(),
      ),
      () => this.probes.show(this.#training),
      // At rest at once: the person may leave now, and a browser may give the page no time to write then.
      look(
        () => !travel.visiting && this.#isDue(this.#checkpoint, this.#checkpointClock),
        () => this.#postCheckpoint(),
      ),
      look(
        () => travel.version !== this.#film && (!this.#training || this.#filmClock.due(now())),
        () => this.#postFilm(),
      ),
      () => this.#quality.work(this.#training), // the last: it may take several turns at rest too
    ]);
  }

  /** Training steps were taken. */
  stepped(): void {
    if (this.#state === "shown") this.#state = "stale";
    if (this.#stage === "shown") this.#stage = "stale";
    if (this.#curves === "shown") this.#curves = "stale";
    if (this.#checkpoint === "shown") this.#checkpoint = "stale";
    this.#quality.changed();
    this.probes.changed();
  }

  /** The phase or an arm's status changed. */
  changed(): void {
    this.#state = "now";
  }

  /** What a picture shows changed otherwise than by training. */
  redraw(): void {
    this.moved();
    this.#curves = "now";
  }

  /** The arms stand at another moment of the same curves: whoever scrubs does not wait for these to be sent and drawn again. */
  moved(): void {
    this.#state = "now";
    this.#stageNow();
    this.#quality.changed();
    this.probes.changed();
  }

  /** What pictures show from now on. Whoever pans and zooms asks many times a second, and for the stage alone. */
  lookAs({ averaged, views, zoomed, window = null, label = 0, probes = [] }: LookCommand): void {
    const moved = !dequal(window, this.window);
    const before = { averaged: this.averaged, views: this.views, zoomed: this.zoomed, label: this.label };
    this.window = window;
    this.probes.open(probes);
    if (moved && dequal(before, { averaged, views, zoomed, label })) {
      this.#stageNow();
      return;
    }
    Object.assign(this, { averaged, views, zoomed, label });
    this.redraw();
  }

  /** Pictures that are under way are of the past. */
  #stageNow(): void {
    this.#stage = "now";
    this.#pictures.outdate();
  }

  /** What runs was changed, or a saved run was put in its place: it is kept again at once. */
  replaced(): void {
    this.redraw();
    this.#quality.replaced();
    if (this.#options.arms.step > 0) this.#checkpoint = "now";
  }

  /** Networks were built anew. */
  rebuilt(): void {
    this.redraw();
    this.#quality.rebuilt();
    this.#checkpoint = "shown"; // the next one after steps
    this.#awaitFirstCheckpoint();
  }

  trainingBegins(): void {
    this.#state = "now";
    if (!this.#options.arms.all.every((arm) => arm.kept)) this.#awaitFirstCheckpoint();
  }

  #awaitFirstCheckpoint(): void {
    this.#young = this.#options.now();
    this.#checkpointClock.defer(this.#young, FIRST_CHECKPOINT_MS);
  }

  /** Nothing is shown until something changes again: showing failed. */
  forget(): void {
    this.#pictures.outdate();
    this.#state = "shown";
    this.#stage = "shown";
    this.#curves = "shown";
    this.#checkpoint = "shown";
  }

  /**
   * Shows what is due: everything that changed when the arms rest; while they train the state and little beside it, so that what a person
   * asks meanwhile does not wait for one thing after the other.
   * @returns whether there may be more to do now, in a later turn
   */
  async show(training: boolean): Promise<boolean> {
    this.#training = training;
    if (this.#fault !== null) {
      const fault = this.#fault;
      this.#fault = null;
      throw fault;
    }
    const { now } = this.#options;
    const slice = now() - this.#rested;
    if (this.#isDue(this.#state, this.#stateClock)) this.#postState();
    const more = training ? await this.#looks.some(now, slice * PER_SLICE) : await this.#looks.all();
    this.#rested = now();
    return more;
  }

  #isDue(what: "shown" | "stale" | "now", clock: { due(now: number): boolean }): boolean {
    return what === "now" || (what === "stale" && (!this.#training || clock.due(this.#options.now())));
  }

  #postFilm(): void {
    const { post, now, travel } = this.#options;
    this.#film = travel.version;
    this.#filmClock.done(now());
    post({ type: "film", index: travel.index });
  }

  #postState(): void {
    const { post, now, arms, state } = this.#options;
    this.#state = "shown";
    this.#stateClock.done(now());
    post({ type: "state", step: arms.step, arms: arms.all.map((arm) => arm.status), ...state() });
  }

  async #postStage(): Promise<void> {
    const { now } = this.#options;
    const started = now();
    const aside = this.#training && this.#stage === "stale";
    this.#stage = "shown";
    if (!(aside && this.#pictures.begin())) {
      await this.#pictures.make();
      if (this.#state === "stale") this.#postState(); // with its picture: a frame of the page costs more than what changes in it
    }
    this.#stageClock.done(started, now());
  }

  /** What the stage would show of all arms as they stand, for somebody who looks at another moment of the run. */
  async look(): Promise<LookedBack> {
    const { arms } = this.#options;
    const looked = [];
    for (const arm of arms.all) {
      const frame = await this.#pictures.frameOf(arm);
      if (frame !== null) looked.push({ arm: arm.id, config: arm.config, frame });
    }
    return { step: arms.step, arms: looked };
  }

  /** An arm's next step taken apart, with pictures that carry arrows; the networks are as before then. @throws Error while data is coming */
  slowStep(arm: Arm): Promise<SlowStep> {
    const views = this.views.includes("pulls") ? this.views : [...this.views, "pulls" as const];
    return slowStep(arm.trainer, () => this.#pictures.frameOf(arm, views));
  }

  #postCurves(): void {
    const { post, now, arms } = this.#options;
    this.#curves = "shown";
    for (const arm of arms.all) {
      const curves = arm.history.curves();
      post({ type: "curves", arm: arm.id, curves }, transferables([curves.steps, curves.values]));
    }
    this.#curvesClock.done(now());
  }

  async #postCheckpoint(): Promise<void> {
    const { post, now, arms } = this.#options;
    const started = now();
    this.#checkpoint = "shown";
    const checkpoint = await arms.checkpoint();
    // The arms keep the snapshots to go back to, so these are copied; the curves were copied already.
    const curves = checkpoint.arms.flatMap(({ history }) => [history.steps, history.values]);
    post({ type: "checkpoint", checkpoint }, transferables(curves));
    void this.#options.travel.persist();
    this.#checkpointClock.done(started, now(), started - this.#young);
  }
}
