/**
 * The worker's session: when arms train, and what else is done in between. Idle, loading, training or paused; up to
 * four arms in lockstep. Not the wire (`post` is handed in), not the maths (engine) and not the arms' own affairs (arms.ts, arm.ts).
 *
 * One loop does everything, one thing after the other: answers what was asked, trains a slice, shows what is due, lets messages
 * in. So nothing ever sees networks in the middle of a step.
 */
import { ARM_IDS } from "../core/arms";
import type { Players } from "../core/config";
import type { BackendName, DeviceReport } from "../core/device";
import type { FileFetcher } from "../engine/data";
import { generate, inside, score, study } from "./answers";
import { Arms } from "./arms";
import { DataGate } from "./data-gate";
import { DataSources } from "./data-sources";
import { Device } from "./device";
import { DeviceMoves } from "./device-moves";
import { type FilmDisk, NO_DISK } from "./film-disk";
import type { FormStore } from "./form-tuning";
import type { Command, CommandType, Generated, Request, Results, Visited, WorkerEvent } from "./protocol";
import { Slicer } from "./slicer";
import { TimeTravel } from "./time-travel";
import { createTurns } from "./turns";
import { Views } from "./views";
import { samplesOf, toWireError } from "./wire";

export interface SessionEnvironment {
  /** Gets a file by its path relative to the page. */
  readonly fetchData: FileFetcher;
  /** Where TensorFlow.js's .wasm files are: a folder ending in "/", or an address for each file name. */
  readonly wasmPaths: string | Record<string, string>;
  /** See BackendEnvironment in engine/backend.ts. */
  readonly fetchFile?: FileFetcher;
  readonly gpu: GPU | undefined;
  /** See BackendEnvironment in engine/backend.ts. */
  readonly acceptSoftware?: boolean;
  /** Where films of runs are kept; left out, they last as long as the session. */
  readonly disk?: FilmDisk;
  /** Where timed forms of products are kept; left out, they last as long as the device. */
  readonly forms?: FormStore | undefined;
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
  readonly #moves: DeviceMoves;
  readonly #travel: TimeTravel;
  readonly #views: Views;
  readonly #turns = createTurns();
  readonly #slicer: Slicer;
  readonly #gate: DataGate;
  readonly #queue: Request[] = [];
  /** Single steps to take, when their data is here. */
  readonly #steps: Step[] = [];
  #training = false;
  /** The step at which training pauses by itself. */
  #until = Number.POSITIVE_INFINITY;
  /** Who learns. */
  #player: Players = "all";
  /** Training stopped for want of data: it goes on when that is loaded after all. */
  #starved = false;
  #stopped = false;
  /** Something happened since the turn began, so that the next one must not wait. */
  #woken = false;
  #endSleep: () => void = () => {};

  constructor({ post, environment }: SessionOptions) {
    this.#post = post;
    this.#environment = environment;
    this.#sources = new DataSources(environment.fetchData, (event) => {
      // A set that no arm uses any more may still be loading.
      if (event.dataset === this.#arms.first?.config.dataset) post(event);
    });
    this.#arms = new Arms(this.#sources);
    this.#travel = new TimeTravel(this.#arms, environment.disk ?? NO_DISK, environment.now);
    this.#slicer = new Slicer(environment.now);
    this.#gate = new DataGate({
      onStart: () => this.#views.changed(),
      onEnd: (error) => this.#dataArrived(error),
    });
    this.#device = new Device(environment, () => this.#wake());
    this.#moves = new DeviceMoves(this.#device, this.#arms, () => this.#slicer.forget());
    this.#views = new Views({
      post,
      now: environment.now,
      arms: this.#arms,
      travel: this.#travel,
      fetch: environment.fetchData,
      wake: () => this.#wake(),
      state: () => ({
        phase: !this.#training ? "paused" : this.#gate.loading ? "loading" : "training",
        stepsPerSecond: this.#training ? this.#slicer.meter.stepsPerSecond : 0,
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
    this.#woken = false;
    if (this.#device.lost !== null) await this.#recoverDevice(this.#device.lost);
    await this.#answerAll();
    const wait = this.#wantsStep() ? this.#waitForStep() : null;
    if (wait === 0) {
      await this.#takeSteps();
      // What was asked during the steps goes before the pictures, which may take longer than a step.
      await this.#turns.next();
      await this.#answerAll();
    }
    const more = await this.#views.show(this.#training);
    if (wait === 0 || more) await this.#turns.next();
    else if (!this.#wantsStep() && (await this.#decideDevice())) return;
    else await this.#sleep(wait);
  }

  /** Until something happens, or for so many milliseconds. */
  #sleep(ms: number | null): Promise<void> {
    return new Promise((resolve) => {
      this.#endSleep = resolve;
      if (this.#woken) resolve();
      else if (ms !== null) void this.#environment.wait(ms).then(resolve);
    });
  }

  #wake(): void {
    this.#woken = true;
    this.#endSleep();
  }

  #wantsStep(): boolean {
    return this.#arms.running.length > 0 && (this.#training || this.#steps.length > 0);
  }

  /** Milliseconds until a step can be taken; null: until data is here. */
  #waitForStep(): number | null {
    if (!this.#gate.open(this.#arms.running)) return null;
    return this.#steps.length > 0 ? 0 : this.#slicer.limit.wait(this.#environment.now());
  }

  #dataArrived(error: Error | null): void {
    if (error === null) {
      this.#views.redraw(); // a picture may have waited for it
    } else {
      this.#starved ||= this.#training;
      this.#training = false;
      const sentence = new Error("The data could not be loaded, so the step was not taken. Retry loading the data.");
      for (const { id } of this.#steps.splice(0)) this.#refuse(id, sentence);
      const dataset = this.#arms.first?.config.dataset;
      if (dataset !== undefined) this.#post({ ...this.#sources.progress(dataset), error: error.message });
      this.#views.changed();
    }
    this.#wake();
  }

  /** Takes a single step that was asked for, otherwise trains for a slice. */
  async #takeSteps(): Promise<void> {
    const arms = this.#arms.running;
    const step = this.#steps.shift();
    if (step === undefined) {
      await this.#slicer.slice(arms, Math.max(1, this.#until - this.#arms.step), this.#player);
      this.#device.notice(this.#slicer.msPerStep);
      if (this.#slicer.msPerStep !== null) await this.#device.forms.tryNext();
    } else {
      try {
        await this.#slicer.single(arms, step.command.player);
        this.#post({ type: "result", id: step.id, value: null });
      } catch (error) {
        this.#refuse(step.id, error);
        throw error;
      }
    }
    this.#views.stepped();
    await this.#travel.record(this.#training);
    if (this.#training && this.#arms.step >= this.#until) {
      this.#halt();
      this.#views.changed();
    }
    if (arms.every((arm) => arm.running)) return;
    if (this.#arms.running.length === 0) this.#training = false;
    this.#views.changed();
  }

  /** Answers what has come, in order. */
  async #answerAll(): Promise<void> {
    for (let request = this.#queue.shift(); request !== undefined; request = this.#queue.shift()) {
      await this.#answer(request);
    }
  }

  async #answer(request: Request): Promise<void> {
    const { id, command } = request;
    if (command.type === "step") {
      this.#training = false;
      this.#starved = false;
      await this.#settle();
      this.#begin();
      if (this.#arms.all.length === 0) this.#refuse(id, new Error(NOT_CONFIGURED));
      else this.#steps.push({ id, command });
      this.#views.changed();
      return;
    }
    try {
      const value = await this.#obey(command);
      this.#post({ type: "result", id, value }, isGenerated(value) ? samplesOf(value) : []);
    } catch (error) {
      this.#refuse(id, error);
    }
  }

  /** An answer with the time it took; nothing else runs meanwhile. */
  async #timed<Answer>(answer: Promise<Answer>): Promise<Answer & { readonly milliseconds: number }> {
    const started = this.#environment.now();
    return { ...(await answer), milliseconds: this.#environment.now() - started };
  }

  async #obey(command: Exclude<Command, Step["command"]>): Promise<Results[CommandType]> {
    switch (command.type) {
      case "configure":
        return this.#configure(command);
      case "train":
        if (this.#arms.all.length === 0) throw new Error(NOT_CONFIGURED);
        await this.#settle();
        this.#train(command.until, command.player);
        return null;
      case "pause":
        this.#halt();
        this.#views.changed();
        return null;
      case "reset":
        this.#halt();
        this.#travel.replaced(null);
        this.#travel.name(command.run ?? null);
        this.#arms.rebuild(this.#arms.configs);
        this.#views.rebuilt();
        return null;
      case "speed":
        if (command.limit !== null && !(command.limit > 0)) {
          throw new Error(`A speed limit must be above 0 steps per second, not ${command.limit}. Pause to stop.`);
        }
        this.#slicer.limit.limit = command.limit;
        return null;
      case "generate":
        return this.#timed(
          generate(this.#arms.all, command.latents, command.count, this.#views.averaged, command.label ?? 0),
        );
      case "score":
        return this.#timed(score(this.#arms.all, command.samples, command.count, command.label ?? 0));
      case "study":
        return this.#timed(
          study(this.#arms.find(command.arm), command.study, this.#views.averaged, this.#views.classifiers),
        );
      case "inside":
        return inside(this.#arms.find(command.arm), command.question, this.#views.averaged);
      case "retry-data":
        this.#begin();
        for (const arm of this.#arms.all) this.#gate.load(this.#sources.retry(arm.config.dataset));
        if (this.#starved) this.#train(this.#until, this.#player);
        return null;
      case "view":
        this.#views.averaged = command.averaged;
        this.#views.label = command.label ?? 0;
        this.#views.views = command.views;
        this.#views.zoomed = command.zoomed;
        this.#views.probes.open(command.probes ?? []);
        this.#views.redraw();
        return null;
      case "snapshot":
        return this.#travel.save();
      case "slow-step": {
        this.#halt();
        this.#views.changed();
        const { first } = this.#arms;
        if (first === undefined) throw new Error(NOT_CONFIGURED);
        return this.#views.slowStep(first);
      }
      case "visit":
        this.#halt();
        return this.#moved(
          command.step === null ? this.#travel.back() : await this.#travel.visit(command.step, command.exact),
        );
      case "look-back":
        return this.#travel.lookBack(command.step, () => this.#views.look());
      case "branch":
        this.#halt();
        return this.#moved(await this.#travel.goTo(command.branch));
      case "name-branch":
        await this.#travel.rename(command.branch, command.name);
        return null;
      case "prune":
        this.#travel.prune(command.branch);
        return null;
      case "measure":
        return this.#measure("available", () => this.#queue.every(({ command }) => PATIENT.has(command.type)));
      case "ping":
        return null;
      default:
        return command satisfies never;
    }
  }

  async #configure(command: Extract<Command, { readonly type: "configure" }>): Promise<Results["configure"]> {
    const { arms, device, restore } = command;
    if (arms.length < 1 || arms.length > ARM_IDS.length) {
      throw new Error(`A session has from one to ${ARM_IDS.length} arms, not ${arms.length}.`);
    }
    this.#device.recall(command.measurements ?? []);
    const report = await this.#moves.prepare(device, arms);
    let rebuilt = true;
    if (restore === undefined) await this.#settle();
    const before = this.#arms.all.map((arm) => ({ arm, id: arm.id }));
    try {
      if (restore === undefined) rebuilt = await this.#arms.configure(arms);
      else this.#arms.restore(arms, restore);
      const same =
        before.length === this.#arms.all.length && before.every(({ arm, id }) => this.#arms.find(id) === arm);
      this.#travel.name(command.run ?? null);
      if (!same) this.#travel.replaced(restore ?? null);
      else if (restore === undefined) await this.#travel.mark();
      if (restore !== undefined) await this.#travel.takeUp(restore);
    } finally {
      if (this.#arms.all.length === 0) this.#halt();
      if (rebuilt) this.#views.rebuilt();
      if (restore !== undefined || !rebuilt) this.#views.replaced();
    }
    this.#slicer.forget();
    for (const arm of this.#arms.all) {
      this.#post(this.#sources.progress(arm.config.dataset));
      const coming = arm.data.ready(0); // what the views need
      if (coming !== undefined) this.#gate.load(coming);
    }
    return report;
  }

  /** Times devices; where the person left the choice to us, the arms move to the fastest. */
  async #measure(which: readonly BackendName[] | "available", quiet: () => boolean): Promise<DeviceReport> {
    const { report, measurement } = await this.#moves.measure(which, async () => {
      await this.#turns.next();
      return quiet() && !this.#stopped && this.#device.lost === null;
    });
    this.#slicer.meter.restart(this.#environment.now());
    if (measurement !== null) this.#post({ type: "measured", measurement });
    this.#views.changed();
    return report;
  }

  /** In a quiet moment, finds out which device is the fastest where that is open. @returns whether it looked */
  async #decideDevice(): Promise<boolean> {
    const undecided = this.#moves.undecided();
    if (undecided.length === 0) return false;
    await this.#measure(undecided, () => this.#queue.length === 0);
    return true;
  }

  async #recoverDevice(why: string): Promise<void> {
    const text = await this.#moves.recover(why);
    this.#views.rebuilt();
    this.#post({ type: "notice", level: "warning", text });
  }

  /** A past moment that is visited becomes the present. */
  async #settle(): Promise<void> {
    if (!this.#travel.visiting) return;
    await this.#travel.settle();
    this.#views.replaced();
  }

  /** The arms are at another moment: everything is shown anew. */
  #moved(visited: Visited): Visited {
    this.#views.redraw();
    return visited;
  }

  /** Makes a fresh attempt: clears what stopped the last one. */
  #begin(): void {
    if (this.#arms.running.length === 0) for (const arm of this.#arms.all) arm.resume();
  }

  #train(until = Number.POSITIVE_INFINITY, player: Players = "all"): void {
    this.#until = until;
    this.#player = player;
    this.#begin();
    this.#starved = false;
    this.#training = true;
    this.#slicer.meter.restart(this.#environment.now());
    this.#views.trainingBegins();
  }

  #halt(): void {
    this.#training = false;
    this.#starved = false;
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

const NOT_CONFIGURED = "There is no experiment to train yet: it has to be configured first.";

/** Commands that can wait while a person has devices measured. */
const PATIENT: ReadonlySet<CommandType> = new Set<CommandType>([
  "generate",
  "study",
  "ping",
  "view",
  "snapshot",
  "look-back",
  "inside",
]);

function isGenerated(value: Results[CommandType]): value is Generated {
  return value !== null && "arms" in value && value.arms.every((arm) => "samples" in arm);
}
