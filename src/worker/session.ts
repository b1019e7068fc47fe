/**
 * The worker's session: when arms train, and what else is done in between. Idle, loading, training or paused; one or two arms
 * in lockstep. Not the wire (`post` is handed in), not the maths (engine) and not the arms' own affairs (arms.ts, arm.ts).
 *
 * One loop does everything, one thing after the other: answers what was asked, trains a slice, shows what is due, lets messages
 * in. So nothing ever sees networks in the middle of a step.
 */
import type { DevicePreference } from "../core/device";
import type { FileFetcher } from "../engine/data";
import { generate } from "./answers";
import { Arms } from "./arms";
import { DataSources } from "./data-sources";
import { Device } from "./device";
import { SpeedLimit, SpeedMeter } from "./pacing";
import type { Command, CommandType, Request, Results, WireError, WorkerEvent } from "./protocol";
import { createTurns } from "./turns";
import { Views } from "./views";

export interface SessionEnvironment {
  /** Gets a file by its path relative to the page. */
  readonly fetchData: FileFetcher;
  /** Where TensorFlow.js's .wasm files are: a folder ending in "/", or an address for each file name. */
  readonly wasmPaths: string | Record<string, string>;
  readonly gpu: GPU | undefined;
  /** Milliseconds that never go back. */
  readonly now: () => number;
  /** Resolves after that many milliseconds, about. */
  readonly wait: (ms: number) => Promise<void>;
}

export interface SessionOptions {
  readonly post: (event: WorkerEvent, transfer?: Transferable[]) => void;
  readonly environment: SessionEnvironment;
}

export interface Session {
  /** Takes a request; its answer is posted as "result" or "failure" with its id, always. */
  handle(request: Request): void;
  /** Ends the loop and frees all networks. What is still asked for then is answered with a failure. */
  dispose(): Promise<void>;
}

/** Training at a stretch: leaves half of a 60 Hz frame for messages and views. At least one step, however long it takes. */
const SLICE_MS = 8;

/** Starts a session. It does nothing until it is configured. */
export function createSession(options: SessionOptions): Session {
  const session = new TrainingSession(options);
  const ended = session.run();
  return {
    handle: (request) => session.handle(request),
    async dispose() {
      session.stop();
      await ended;
    },
  };
}

type Step = { readonly id: number; readonly command: Extract<Command, { readonly type: "step" }> };

class TrainingSession {
  readonly #post: SessionOptions["post"];
  readonly #environment: SessionEnvironment;
  readonly #sources: DataSources;
  readonly #arms: Arms;
  readonly #device: Device;
  readonly #views: Views;
  readonly #turns = createTurns();
  readonly #meter = new SpeedMeter();
  readonly #limit = new SpeedLimit();
  readonly #queue: Request[] = [];
  /** Single steps to take, when their data is here. */
  readonly #steps: Step[] = [];
  #training = false;
  /** Data on its way that a step or a view needs. */
  #loading: Promise<void> | null = null;
  /** Most steps in a slice; follows the measured time of a step, since on a GPU `train` returns long before the work is done. */
  #sliceSteps = 1;
  #stopped = false;
  #wake: () => void = () => {};

  constructor({ post, environment }: SessionOptions) {
    this.#post = post;
    this.#environment = environment;
    this.#sources = new DataSources(environment.fetchData, (event) => {
      // A set that no arm uses any more may still be loading.
      if (event.dataset === this.#arms.first?.config.dataset) post(event);
    });
    this.#arms = new Arms(this.#sources);
    this.#device = new Device(environment, () => this.#wake());
    this.#views = new Views({
      post,
      now: environment.now,
      arms: this.#arms,
      state: () => ({
        phase: !this.#training ? "paused" : this.#loading === null ? "training" : "loading",
        stepsPerSecond: this.#training ? this.#meter.stepsPerSecond : 0,
        device: this.#device.report,
      }),
    });
  }

  handle(request: Request): void {
    if (this.#stopped) this.#refuse(request.id, new Error("The training session has ended."));
    else {
      this.#queue.push(request);
      this.#wake();
    }
  }

  stop(): void {
    this.#stopped = true;
    this.#wake();
  }

  async run(): Promise<void> {
    while (!this.#stopped) {
      try {
        await this.#turn();
      } catch (error) {
        this.#fail(error);
      }
    }
    const ended = new Error("The training session has ended.");
    for (const { id } of [...this.#queue.splice(0), ...this.#steps.splice(0)]) this.#refuse(id, ended);
    this.#turns.dispose();
    this.#arms.dispose();
  }

  async #turn(): Promise<void> {
    if (this.#device.lost !== null) await this.#recoverDevice(this.#device.lost);
    const request = this.#queue.shift();
    if (request !== undefined) return this.#answer(request);
    const wait = this.#wantsStep() ? this.#waitForStep() : null;
    if (wait === 0) await this.#slice();
    await this.#views.show(this.#training);
    if (this.#queue.length > 0 || this.#stopped) return;
    if (wait === 0) await this.#turns.next();
    else await this.#sleep(wait);
  }

  /** Until something happens, or for so many milliseconds. */
  #sleep(ms: number | null): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
      if (this.#queue.length > 0 || this.#stopped || this.#device.lost !== null) resolve();
      else if (ms !== null) void this.#environment.wait(ms).then(resolve);
    });
  }

  #wantsStep(): boolean {
    return this.#arms.running.length > 0 && (this.#training || this.#steps.length > 0);
  }

  /** Milliseconds until a step can be taken; null: until data is here. */
  #waitForStep(): number | null {
    if (!this.#dataReady()) return null;
    return this.#steps.length > 0 ? 0 : this.#limit.wait(this.#environment.now());
  }

  /** Whether every arm's next step has its data; otherwise sees to it that it comes. */
  #dataReady(): boolean {
    const missing = this.#arms.running.map((arm) => arm.trainer.ready()).filter((promise) => promise !== undefined);
    if (missing.length === 0) return true;
    this.#load(Promise.all(missing));
    return false;
  }

  #load(promise: Promise<unknown>): void {
    if (this.#loading !== null) {
      promise.catch(() => {}); // the first failure is told
      return;
    }
    const done = (failed: boolean) => {
      this.#loading = null;
      if (failed) {
        this.#training = false;
        const sentence = new Error("The data could not be loaded, so the step was not taken. Retry loading the data.");
        for (const { id } of this.#steps.splice(0)) this.#refuse(id, sentence);
      }
      if (failed) this.#views.changed();
      else this.#views.redraw(); // a picture may have waited for it
      this.#wake();
    };
    this.#loading = promise.then(
      () => done(false),
      (error: unknown) => {
        const dataset = this.#arms.first?.config.dataset;
        if (dataset !== undefined) {
          const progress = this.#sources.progress(dataset);
          this.#post({ ...progress, error: error instanceof Error ? error.message : String(error) });
        }
        done(true);
      },
    );
    this.#views.changed();
  }

  /** Trains for SLICE_MS, or takes one single step. All arms take a step before any takes the next. */
  async #slice(): Promise<void> {
    const { now } = this.#environment;
    const started = now();
    const single = this.#steps.shift();
    const players = single?.command.players ?? "both";
    const arms = this.#arms.running;
    let steps = 0;
    try {
      do {
        for (const arm of arms) arm.trainer.train(players);
        steps += 1;
        this.#limit.step(now());
      } while (
        single === undefined &&
        steps < this.#sliceSteps &&
        now() - started < SLICE_MS &&
        this.#limit.wait(now()) === 0 &&
        arms.every((arm) => isHere(arm.trainer.ready()))
      );
      for (const arm of arms) await arm.collect(players);
    } catch (error) {
      if (single !== undefined) this.#refuse(single.id, error);
      throw error;
    }
    const ended = now();
    if (single === undefined) {
      this.#meter.count(ended, steps);
      const fitting = Math.floor((SLICE_MS * steps) / Math.max(ended - started, 0.01));
      this.#sliceSteps = Math.max(1, Math.min(fitting, 2 * this.#sliceSteps));
    } else this.#post({ type: "result", id: single.id, value: null });
    this.#views.stepped();
    if (arms.some((arm) => !arm.running)) {
      if (this.#arms.running.length === 0) this.#training = false;
      this.#views.changed();
    }
  }

  async #answer(request: Request): Promise<void> {
    const { id, command } = request;
    if (command.type === "step") {
      this.#training = false;
      this.#begin();
      if (this.#arms.all.length === 0) this.#refuse(id, new Error(NOT_CONFIGURED));
      else this.#steps.push({ id, command });
      this.#views.changed();
      return;
    }
    try {
      const value = await this.#obey(command);
      this.#post({ type: "result", id, value }, command.type === "generate" ? transferables(value) : []);
    } catch (error) {
      this.#refuse(id, error);
    }
  }

  async #obey(command: Exclude<Command, Step["command"]>): Promise<Results[CommandType]> {
    switch (command.type) {
      case "configure":
        return this.#configure(command);
      case "train":
        if (this.#arms.all.length === 0) throw new Error(NOT_CONFIGURED);
        this.#begin();
        this.#training = true;
        this.#meter.restart(this.#environment.now());
        this.#views.trainingBegins();
        return null;
      case "pause":
        this.#halt();
        this.#views.changed();
        this.#views.checkpointSoon();
        return null;
      case "reset":
        this.#halt();
        this.#arms.rebuild(this.#arms.all.map((arm) => arm.config));
        this.#views.rebuilt();
        return null;
      case "speed":
        if (command.limit !== null && !(command.limit > 0)) {
          throw new Error(`A speed limit must be above 0 steps per second, not ${command.limit}. Pause to stop.`);
        }
        this.#limit.limit = command.limit;
        return null;
      case "generate":
        return generate(this.#arms.all, command.latents, command.count, this.#views.averaged);
      case "retry-data":
        this.#begin();
        for (const arm of this.#arms.all) this.#load(this.#sources.retry(arm.config.dataset));
        return null;
      case "view":
        this.#views.averaged = command.averaged;
        this.#views.redraw();
        return null;
      case "snapshot":
        return this.#arms.save();
      case "ping":
        return null;
      default:
        return command satisfies never;
    }
  }

  async #configure(command: Extract<Command, { readonly type: "configure" }>): Promise<Results["configure"]> {
    const { arms, device, restore } = command;
    if (arms.length < 1 || arms.length > 2) throw new Error(`A session has one or two arms, not ${arms.length}.`);
    const report = await this.#switchDevice(device);
    let rebuilt = true;
    try {
      if (restore === undefined) rebuilt = await this.#arms.configure(arms);
      else this.#arms.restore(arms, restore);
    } finally {
      if (this.#arms.all.length === 0) this.#halt();
      if (rebuilt) this.#views.rebuilt();
      else this.#views.redraw();
    }
    this.#sliceSteps = 1;
    for (const arm of this.#arms.all) {
      this.#post(this.#sources.progress(arm.config.dataset));
      const coming = arm.data.ready(0); // what the views need
      if (coming !== undefined) this.#load(coming);
    }
    return report;
  }

  /** Changes the backend where that is asked for; the arms move with all their state. */
  async #switchDevice(preference: DevicePreference): Promise<Results["configure"]> {
    if (this.#device.report !== null && this.#device.preference === preference) return this.#device.report;
    if (this.#arms.all.length > 0) await this.#arms.save();
    for (const arm of this.#arms.all) arm.suspend();
    const report = await this.#device.choose(preference);
    for (const arm of this.#arms.all) arm.revive();
    this.#sliceSteps = 1;
    return report;
  }

  async #recoverDevice(why: string): Promise<void> {
    for (const arm of this.#arms.all) {
      try {
        arm.suspend();
      } catch {
        // its tensors went with the device
      }
    }
    const report = await this.#device.replace(why);
    for (const arm of this.#arms.all) arm.revive();
    this.#sliceSteps = 1;
    this.#views.rebuilt();
    const step = this.#arms.step;
    this.#post({
      type: "notice",
      level: "warning",
      text: `${why} ${report.reason} The run goes on from step ${step}, the last that was kept.`,
    });
  }

  /** Makes a fresh attempt: clears what stopped the last one. */
  #begin(): void {
    if (this.#arms.running.length === 0) for (const arm of this.#arms.all) arm.resume();
  }

  #halt(): void {
    this.#training = false;
    for (const { id } of this.#steps.splice(0)) this.#post({ type: "result", id, value: null });
  }

  /** Something went wrong that no request caused. */
  #fail(error: unknown): void {
    this.#views.forget();
    if (this.#device.lost !== null) return; // explains it, and is dealt with next
    this.#halt();
    const { message } = toWireError(error);
    this.#post({ type: "notice", level: "error", text: `Training was paused because of an error: ${message}` });
    this.#views.changed();
  }

  #refuse(id: number, error: unknown): void {
    this.#post({ type: "failure", id, error: toWireError(error) });
  }
}

/** Whether data that may be on its way is here; whoever needs it waits for it and tells of failure. */
function isHere(coming: Promise<void> | undefined): boolean {
  coming?.catch(() => {});
  return coming === undefined;
}

const NOT_CONFIGURED = "There is no experiment to train yet: it has to be configured first.";

function toWireError(error: unknown): WireError {
  if (error instanceof Error) return { name: error.name, message: error.message, stack: error.stack ?? "" };
  return { name: "Error", message: String(error), stack: "" };
}

/** The buffers of generated samples, which nobody here needs any more. */
function transferables(value: Results[CommandType]): Transferable[] {
  if (value === null || !("arms" in value)) return [];
  const buffers = new Set<ArrayBufferLike>();
  for (const arm of value.arms) {
    if ("samples" in arm) buffers.add(arm.samples.buffer).add(arm.logits.buffer);
  }
  return [...buffers].filter((buffer) => buffer instanceof ArrayBuffer);
}
