/** A real session in Node: wasm backend, files from public/, every event recorded. No mocks. */
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { readPublicFile } from "../../src/cli/node-data";
import type { WantedArm } from "../../src/core/arm-plan";
import { ARM_IDS } from "../../src/core/arms";
import type { ExperimentConfig } from "../../src/core/config";
import type { DevicePreference } from "../../src/core/device";
import type { RunSnapshot } from "../../src/core/snapshot";
import type { FileFetcher } from "../../src/engine/data";
import type { Command, Results, WorkerEvent } from "../../src/worker/protocol";
import { createSession, type Session, type SessionEnvironment } from "../../src/worker/session";

const wasmPaths = join(
  dirname(createRequire(import.meta.url).resolve("@tensorflow/tfjs-backend-wasm/package.json")),
  "dist",
  "/",
);

type EventOf<T extends WorkerEvent["type"]> = Extract<WorkerEvent, { readonly type: T }>;

export class Harness {
  readonly events: WorkerEvent[] = [];
  /** What its session runs in. */
  readonly environment: SessionEnvironment;
  readonly #session: Session;
  #watchers: (() => void)[] = [];
  #nextId = 1;

  /**
   * @param gpu a graphics device, which counts as a real one although it may be drawn by the CPU
   * @param now another clock, milliseconds
   * @param more rows of curves, beyond which they are thinned, and where films are kept
   */
  constructor(
    fetchData: FileFetcher = readPublicFile,
    gpu?: GPU,
    now = () => performance.now(),
    more: Pick<SessionEnvironment, "curveRows" | "disk"> = {},
  ) {
    this.environment = {
      fetchData,
      wasmPaths,
      gpu,
      acceptSoftware: true,
      now,
      ...more,
      wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    };
    this.#session = createSession({
      post: (event, transfer) => {
        this.events.push(structuredClone(event, { transfer: transfer ?? [] }));
        for (const watcher of this.#watchers) watcher();
      },
      environment: this.environment,
    });
  }

  /** Tells of every event from now on, as soon as it is posted. */
  watch(watcher: (event: WorkerEvent) => void): void {
    this.#watchers.push(() => {
      const event = this.events.at(-1);
      if (event !== undefined) watcher(event);
    });
  }

  /** Sends a command; resolves with its result, rejects with its failure. */
  async request<C extends Command>(command: C): Promise<Results[C["type"]]> {
    const id = this.#nextId++;
    this.#session.handle({ id, command });
    const answer = await this.until((e) => (e.type === "result" || e.type === "failure") && e.id === id);
    if (answer.type === "failure") throw Object.assign(new Error(answer.error.message), { name: answer.error.name });
    if (answer.type !== "result") throw new Error("unreachable");
    return answer.value as Results[C["type"]];
  }

  /** Configures arms by their configurations, named in order; a finished arm to run may be given instead. */
  configure(
    wanted: readonly (ExperimentConfig | WantedArm)[],
    restore?: RunSnapshot,
    device: DevicePreference = "wasm",
    run?: string,
  ) {
    const arms = wanted.map((one, i) => ("id" in one ? one : { id: ARM_IDS[i] ?? "d", config: one }));
    const named = run === undefined ? {} : { run };
    return this.request({ type: "configure", arms, device, ...(restore === undefined ? {} : { restore }), ...named });
  }

  /** Takes n steps, one by one, so that exactly n are taken. */
  async steps(n: number): Promise<void> {
    for (let i = 0; i < n; i++) await this.request({ type: "step", player: "all" });
  }

  /** The first event from index `from` on that fits, now or later. */
  until<E extends WorkerEvent>(
    fits: ((e: WorkerEvent) => e is E) | ((e: WorkerEvent) => boolean),
    from = 0,
  ): Promise<WorkerEvent> {
    return new Promise((resolve) => {
      let seen = from;
      const look = () => {
        while (seen < this.events.length) {
          const event = this.events[seen++];
          if (event === undefined || !fits(event)) continue;
          this.#watchers = this.#watchers.filter((watcher) => watcher !== look);
          resolve(event);
          return;
        }
      };
      this.#watchers.push(look);
      look();
    });
  }

  /** The next event of a type that fits, counted from now. */
  async next<T extends WorkerEvent["type"]>(
    type: T,
    fits: (e: EventOf<T>) => boolean = () => true,
  ): Promise<EventOf<T>> {
    const event = await this.until((e) => e.type === type && fits(e as EventOf<T>), this.events.length);
    return event as EventOf<T>;
  }

  /** All events of a type so far. */
  all<T extends WorkerEvent["type"]>(type: T): EventOf<T>[] {
    return this.events.filter((event): event is EventOf<T> => event.type === type);
  }

  /** Lets the session train until a step is reached, then pauses it. */
  async trainTo(step: number): Promise<void> {
    await this.request({ type: "train" });
    await this.until((e) => e.type === "state" && e.step >= step, this.events.length);
    await this.request({ type: "pause" });
  }

  snapshot(): Promise<RunSnapshot> {
    return this.request({ type: "snapshot" });
  }

  dispose(): Promise<void> {
    return this.#session.dispose();
  }
}
