/**
 * The page's end of the wire: starts the worker, settles every request, and brings a dead worker back to where it was.
 * No state for the page to show (store.ts) and no words but those about the worker itself.
 */
import { explainError } from "../core/errors";
import type { Command, CommandType, Request, Results, WireError, WorkerEvent } from "../worker/protocol";
import { fittingRun, noIntentions, remember } from "./intentions";
import { type Liveness, type Silence, watchWorker } from "./liveness";
import { RunCopy } from "./persistence/run-copy";
import { NOT_LOADED, neverBegan, workerErrorText } from "./worker-start";

/** What is needed of a Worker; a session in the same thread can stand in for one. */
export interface WorkerLike {
  postMessage(message: unknown): void;
  terminate(): void;
  addEventListener(type: "message", listener: (event: MessageEvent) => void): void;
  addEventListener(type: "error" | "messageerror", listener: (event: Event) => void): void;
}

export type WorkerStatus = "starting" | "ready" | "restarting" | "dead";

export interface TrainingClientOptions {
  /** Starts a worker that holds a Web Lock of this name. @throws where workers are not allowed */
  readonly createWorker: (name: string) => WorkerLike;
  /** Everything that the worker streams; answers to requests are not among it. */
  readonly onEvent: (event: StreamEvent) => void;
  /** `why` is a sentence for people, empty for "starting" and "ready". */
  readonly onStatus: (status: WorkerStatus, why: string) => void;
  /** The worker has not been heard for a while, though it may be alive; null: it is heard again. */
  readonly onSilence: (silence: Silence | null) => void;
}

export type StreamEvent = Exclude<WorkerEvent, { readonly type: "result" | "failure" | "locked" }>;

/** A request that could not be answered because its worker died. */
export class WorkerDiedError extends Error {
  override readonly name = "WorkerDiedError";
}

/** The worker's own error, carried across the wire. */
export class RemoteError extends Error {
  override readonly name: string;
  constructor(error: WireError) {
    super(error.message);
    this.name = error.name;
    this.stack = error.stack;
  }
}

export interface TrainingClient {
  /** The page's own copy of what runs, as of the last checkpoint. */
  readonly copy: RunCopy;
  /** Sends a command. Settles always: rejects with RemoteError or WorkerDiedError. */
  request<C extends Command>(command: C): Promise<Results[C["type"]]>;
  /** Ends the worker, if any, and starts a new one where the old one was. */
  restart(): void;
  dispose(): void;
}

/** Deaths within this time that mean "it does not live here". */
const MAX_DEATHS = 3;
const DEATHS_WITHIN_MS = 60_000;

interface Pending {
  readonly resolve: (value: Results[CommandType]) => void;
  readonly reject: (error: Error) => void;
}

/** Starts a worker at once; the first command should be "configure". */
export function createTrainingClient(options: TrainingClientOptions): TrainingClient {
  const pending = new Map<number, Pending>();
  const intentions = noIntentions();
  const copy = new RunCopy();
  let nextId = 1;
  let worker: WorkerLike | null = null;
  let liveness: Liveness | null = null;
  let deaths: number[] = [];
  let disposed = false;
  /** The worker that runs now has said something. */
  let heard = false;
  /** Answers to come to "train". */
  let trains = 0;

  function start(): void {
    const name = `gan-playground-${Math.random().toString(36).slice(2)}`; // a name for a lock; no run depends on it
    let started: WorkerLike;
    try {
      started = options.createWorker(name);
    } catch (error) {
      options.onStatus(
        "dead",
        `This browser does not let the page start a worker, in which training runs (${explainError(error)}). Allow workers for this page, or open it in another browser, over http or https rather than from a file.`,
      );
      return;
    }
    worker = started;
    heard = false;
    const ifCurrent = (action: () => void) => {
      if (worker === started && !disposed) action();
    };
    liveness = watchWorker({
      lockName: name,
      ping: () => post({ id: 0, command: { type: "ping" } }),
      onSilence: (silence) => ifCurrent(() => options.onSilence(silence)),
      onDeath: (why) => ifCurrent(() => died(why)),
    });
    started.addEventListener("message", (message) => ifCurrent(() => receive(message.data as WorkerEvent)));
    started.addEventListener("error", (event) => ifCurrent(() => died(workerErrorText(event))));
    started.addEventListener("messageerror", () => ifCurrent(() => died("a message could not be read")));
  }

  function post(request: Request): void {
    worker?.postMessage(request);
  }

  function receive(event: WorkerEvent): void {
    liveness?.heard();
    heard = true;
    switch (event.type) {
      case "result":
        settle(event.id, (request) => request.resolve(event.value));
        return;
      case "failure":
        settle(event.id, (request) => request.reject(new RemoteError(event.error)));
        return;
      case "locked":
        liveness?.locked();
        return;
      case "checkpoint":
        copy.apply(event.checkpoint);
        intentions.kept = copy;
        break;
      case "state":
        // The session stops by itself when a number is not finite or data is missing.
        if (event.phase === "paused" && intentions.begun) intentions.training = false;
        break;
      default:
        break;
    }
    options.onEvent(event);
  }

  function settle(id: number, answer: (request: Pending) => void): void {
    const request = pending.get(id);
    pending.delete(id);
    if (request !== undefined) answer(request);
  }

  function stopWorker(why: string): void {
    liveness?.stop();
    liveness = null;
    worker?.terminate();
    worker = null;
    const rejected = [...pending.values()];
    pending.clear();
    for (const request of rejected) request.reject(new WorkerDiedError(`The training worker died: ${why}.`));
  }

  function died(why: string): void {
    options.onSilence(null);
    const now = Date.now();
    deaths = [...deaths.filter((time) => now - time < DEATHS_WITHIN_MS), now];
    const repeated = deaths.length >= MAX_DEATHS;
    stopWorker(why);
    if (repeated) {
      options.onStatus(
        "dead",
        heard
          ? `The training worker died ${deaths.length} times within a minute (${why}). A smaller network or batch, or another device, may help.`
          : neverBegan("Its program", why),
      );
      return;
    }
    // Nothing has begun that could be lost, so nothing is said: WebKit fails to load a worker at once after a reload, and then does.
    const atFirst = !heard && why === NOT_LOADED;
    options.onStatus("restarting", atFirst ? "" : why);
    start();
    void recover();
  }

  /** Tells a new worker everything that the old one knew. */
  async function recover(): Promise<void> {
    const { arms, device, measurements, training, speed, view, run } = intentions;
    if (worker === null || arms.length === 0) return;
    intentions.begun = false; // a new worker is paused until it was told to train
    try {
      const restore = fittingRun(intentions);
      const known = { ...(restore === null ? {} : { restore }), ...(run === null ? {} : { run }) };
      await send({ type: "configure", arms, device, measurements, ...known });
      await send({ type: "speed", limit: speed });
      await send({ type: "view", ...view });
      if (training) {
        await send({ type: "train" });
        intentions.begun = true;
      }
      options.onStatus("ready", "");
    } catch (error) {
      if (error instanceof WorkerDiedError) return; // told by the next death
      const text = `The run could not be taken up again: ${explainError(error)}.`;
      options.onEvent({ type: "notice", level: "error", text });
    }
  }

  function send<C extends Command>(command: C): Promise<Results[C["type"]]> {
    if (worker === null) return Promise.reject(new WorkerDiedError("There is no training worker."));
    const id = nextId++;
    return new Promise((resolve, reject) => {
      // The worker answers a command with its own kind of result (protocol.ts).
      pending.set(id, { resolve: (value) => resolve(value as Results[C["type"]]), reject });
      post({ id, command });
    });
  }

  options.onStatus("starting", "");
  start();
  return {
    copy,
    async request(command) {
      const { arms, kept } = intentions;
      remember(intentions, command);
      if (command.type === "train") trains += 1;
      const mine = intentions.arms;
      const result = await send(command).catch((error: unknown) => {
        // What cannot be built is not what another worker should be told to run.
        const refused = command.type === "configure" && error instanceof RemoteError && intentions.arms === mine;
        if (refused && arms.length > 0) Object.assign(intentions, { arms, kept });
        if (command.type === "train") trains -= 1;
        throw error;
      });
      if (command.type === "configure") options.onStatus("ready", "");
      // Of several in a row the last one counts: a pause between them must not be taken for a new one.
      if (command.type === "train" && --trains === 0) intentions.begun = true;
      return result;
    },
    restart() {
      deaths = [];
      stopWorker("it was restarted");
      options.onStatus("restarting", "");
      start();
      void recover();
    },
    dispose() {
      disposed = true;
      stopWorker("the page is done with it");
    },
  };
}
