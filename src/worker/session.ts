/**
 * The worker's session: when arms train, and what else is done in between. Idle, loading, training or paused; up to
 * four arms in lockstep. Not the wire (`post` is handed in), not the maths (engine), not the arms' own affairs (arms.ts,
 * arm.ts), and not how requests are answered (inbox.ts) or what a command does (commands.ts).
 *
 * One loop does everything, one thing after the other: answers what was asked, trains a slice, shows what is due, lets messages
 * in. So nothing ever sees networks in the middle of a step.
 */
import type { BackendName, DeviceReport } from "../core/device";
import type { FileFetcher } from "../engine/data";
import { Arms } from "./arms";
import { Commands } from "./commands";
import { DataGate } from "./data-gate";
import { DataSources } from "./data-sources";
import { Device } from "./device";
import { DeviceMoves } from "./device-moves";
import { type FilmDisk, NO_DISK } from "./film-disk";
import type { FormStore } from "./form-tuning";
import { Inbox } from "./inbox";
import type { Request, WorkerEvent } from "./protocol";
import { Slicer } from "./slicer";
import { TimeTravel } from "./time-travel";
import { Training } from "./training";
import { createTurns } from "./turns";
import { Views } from "./views";
import { toWireError } from "./wire";

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
  /** Rows of each arm's curves at most; left out, what an hour's run needs. */
  readonly curveRows?: number;
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

const ENDED = "The training session has ended.";

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
  readonly #training: Training;
  readonly #inbox: Inbox;
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
    this.#arms = new Arms(this.#sources, environment.curveRows);
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
        phase: !this.#training.on ? "paused" : this.#gate.loading ? "loading" : "training",
        stepsPerSecond: this.#training.on ? this.#slicer.meter.stepsPerSecond : 0,
        device: this.#device.report,
      }),
    });
    this.#training = new Training({
      arms: this.#arms,
      onDropped: (id) => post({ type: "result", id, value: null }),
      onRefused: (id, why) => this.#inbox.refuse(id, why),
      onBegin: () => {
        this.#slicer.meter.restart(environment.now());
        this.#views.trainingBegins();
      },
    });
    const commands = new Commands({
      post,
      now: environment.now,
      sources: this.#sources,
      arms: this.#arms,
      device: this.#device,
      moves: this.#moves,
      travel: this.#travel,
      views: this.#views,
      slicer: this.#slicer,
      gate: this.#gate,
      training: this.#training,
      measure: () => this.#measure("available", () => this.#inbox.patient),
    });
    this.#inbox = new Inbox({
      post,
      commands,
      training: this.#training,
      onStepAsked: () => this.#views.changed(),
    });
  }

  handle(request: Request): void {
    if (this.#stopped) this.#inbox.refuse(request.id, new Error(ENDED));
    else {
      this.#inbox.take(request);
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
    const ended = new Error(ENDED);
    this.#inbox.refuseAll(ended);
    this.#training.refuseSteps(ended);
    this.#turns.dispose();
    this.#arms.dispose();
  }

  async #turn(): Promise<void> {
    this.#woken = false;
    if (this.#device.lost !== null) await this.#recoverDevice(this.#device.lost);
    await this.#inbox.answerAll();
    const wait = this.#training.wanted ? this.#waitForStep() : null;
    if (wait === 0) {
      await this.#takeSteps();
      // What was asked during the steps goes before the pictures, which may take longer than a step.
      await this.#turns.next();
      await this.#inbox.answerAll();
    }
    const more = await this.#views.show(this.#training.on);
    if (more) await this.#turns.next();
    else if (wait === 0)
      return; // nothing was shown since messages were let in
    else if (!this.#training.wanted && (await this.#decideDevice())) return;
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

  /** Milliseconds until a step can be taken; null: until data is here. */
  #waitForStep(): number | null {
    if (!this.#gate.open(this.#arms.running)) return null;
    return this.#training.stepping ? 0 : this.#slicer.limit.wait(this.#environment.now());
  }

  #dataArrived(error: Error | null): void {
    if (error === null) {
      this.#views.redraw(); // a picture may have waited for it
    } else {
      this.#training.starve();
      const dataset = this.#arms.first?.config.dataset;
      if (dataset !== undefined) this.#post({ ...this.#sources.progress(dataset), error: error.message });
      this.#views.changed();
    }
    this.#wake();
  }

  /** Takes a single step that was asked for, otherwise trains for a slice. */
  async #takeSteps(): Promise<void> {
    const arms = this.#arms.running;
    const step = this.#training.next();
    if (step === undefined) {
      await this.#slicer.slice(arms, this.#training.left, this.#training.player);
      this.#device.notice(this.#slicer.msPerStep);
      if (this.#slicer.msPerStep !== null) await this.#device.forms.tryNext();
    } else {
      try {
        await this.#slicer.single(arms, step.command.player);
        this.#post({ type: "result", id: step.id, value: null });
      } catch (error) {
        this.#inbox.refuse(step.id, error);
        throw error;
      }
    }
    this.#views.stepped();
    await this.#travel.record(this.#training.on);
    if (this.#training.done) {
      this.#training.halt();
      this.#views.changed();
    }
    if (arms.every((arm) => arm.running)) return;
    if (this.#arms.running.length === 0) this.#training.stop();
    this.#views.changed();
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
    await this.#measure(undecided, () => this.#inbox.empty);
    return true;
  }

  async #recoverDevice(why: string): Promise<void> {
    const text = await this.#moves.recover(why);
    this.#views.rebuilt();
    this.#post({ type: "notice", level: "warning", text });
  }

  /** Something went wrong that no request caused. */
  #fail(error: unknown): void {
    this.#views.forget();
    if (this.#device.lost !== null) return; // explains it, and is dealt with next
    this.#training.halt();
    const { message } = toWireError(error);
    this.#post({ type: "notice", level: "error", text: `Training was paused because of an error: ${message}` });
    this.#views.changed();
  }
}
