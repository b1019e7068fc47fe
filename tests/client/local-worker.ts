/** A worker in the same thread: the real session behind a real wire's copies. It can die like one. */
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { readPublicFile } from "../../src/cli/node-data";
import type { PageAccess } from "../../src/client/page";
import { type Outline, parseKeptRun, parseOutline } from "../../src/client/persistence/kept-run";
import type { RunStore } from "../../src/client/persistence/kept-runs";
import type { Chunk } from "../../src/client/persistence/run-copy";
import type { RunLocks } from "../../src/client/persistence/run-locks";
import type { WorkerLike } from "../../src/client/training-client";
import type { Request, WorkerEvent } from "../../src/worker/protocol";
import { createSession, type Session } from "../../src/worker/session";

const wasmPaths = join(
  dirname(createRequire(import.meta.url).resolve("@tensorflow/tfjs-backend-wasm/package.json")),
  "dist",
  "/",
);

export class LocalWorker implements WorkerLike {
  readonly #session: Session;
  readonly #onMessage: ((event: MessageEvent) => void)[] = [];
  readonly #onError: ((event: Event) => void)[] = [];
  #alive = true;
  ended: Promise<void> = Promise.resolve();

  constructor() {
    this.#session = createSession({
      post: (event: WorkerEvent, transfer = []) => {
        if (!this.#alive) return;
        const data = structuredClone(event, { transfer });
        setImmediate(() => this.#alive && this.#deliver(data));
      },
      environment: {
        fetchData: readPublicFile,
        wasmPaths,
        gpu: undefined,
        now: () => performance.now(),
        wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
      },
    });
  }

  postMessage(message: unknown): void {
    const request = structuredClone(message) as Request;
    setImmediate(() => this.#alive && this.#session.handle(request));
  }

  addEventListener(type: "message" | "error" | "messageerror", listener: (event: never) => void): void {
    if (type === "message") this.#onMessage.push(listener as (event: MessageEvent) => void);
    if (type === "error") this.#onError.push(listener as (event: Event) => void);
  }

  terminate(): void {
    this.#alive = false;
    this.ended = this.#session.dispose();
  }

  /** Dies in the middle of whatever it does. */
  crash(message = "out of memory"): void {
    for (const listener of this.#onError) listener(Object.assign(new Event("error"), { message }));
  }

  #deliver(data: WorkerEvent): void {
    for (const listener of this.#onMessage) listener(new MessageEvent("message", { data }));
  }
}

/** An address bar and a storage that a test can read and write. */
export class LocalPage implements PageAccess {
  /** The browser's history, and which of its entries is the present one. */
  readonly #visited: { hash: string; entry: string | null; place: number | null }[];
  #at = 0;
  searchText = "";
  readonly settings = new Map<string, string>();
  readonly tab = new Map<string, string>();
  #listeners: (() => void)[] = [];
  readonly #leaving: (() => void)[] = [];

  constructor(hash = "") {
    this.#visited = [{ hash, entry: null, place: null }];
  }

  get hashText(): string {
    return this.#visited[this.#at]?.hash ?? "";
  }

  hash = () => this.hashText;
  search = () => this.searchText;
  replaceHash = (hash: string, entry: string, place: number) => {
    this.#visited[this.#at] = { hash: hash === "" ? "" : `#${hash}`, entry, place };
  };
  pushHash = (hash: string, entry: string, place: number) => {
    this.#visited.length = this.#at + 1;
    this.#visited.push({ hash: hash === "" ? "" : `#${hash}`, entry, place });
    this.#at += 1;
  };
  entry = () => this.#visited[this.#at]?.entry ?? null;
  place = () => this.#visited[this.#at]?.place ?? null;
  onVisit = (listener: () => void) => {
    this.#listeners.push(listener);
    return () => {
      this.#listeners = this.#listeners.filter((other) => other !== listener);
    };
  };
  onLeave = (listener: () => void) => {
    this.#leaving.push(listener);
    return () => {};
  };
  read = (key: string) => this.settings.get(key) ?? null;
  write = (key: string, value: string) => void this.settings.set(key, value);
  readTab = (key: string) => this.tab.get(key) ?? null;
  writeTab = (key: string, value: string) => void this.tab.set(key, value);

  /** A person pastes a link. */
  paste(hash: string): void {
    this.#visited.length = this.#at + 1;
    this.#visited.push({ hash, entry: null, place: null });
    this.#arrive(1);
  }

  /** The person, or the page itself, goes back (below zero) or forward, soon. */
  go = (entries: number) => {
    setTimeout(() => this.#arrive(entries));
  };

  #arrive(entries: number): void {
    if (this.#visited[this.#at + entries] === undefined) return;
    this.#at += entries;
    for (const listener of this.#listeners) listener();
  }

  /** The person closes the tab. */
  leave(): void {
    for (const listener of this.#leaving) listener();
  }
}

/** A browser's storage for runs, which outlives its pages and holds copies as a disk does. */
export class LocalRuns implements RunStore {
  readonly kept = new Map<string, { outline: unknown; states: unknown; chunks: Map<string, unknown> }>();
  /** Outlines as they were written, in order. */
  readonly written: Outline[] = [];
  full = false;

  open = () => {};

  async save(outline: Outline, states: unknown, chunks: readonly Chunk[]): Promise<void> {
    if (this.full) throw new Error("quota exceeded");
    this.written.push(outline);
    const former = this.kept.get(outline.id)?.chunks ?? new Map<string, unknown>();
    for (const { arm, index, rows } of structuredClone(chunks)) former.set(`${arm} ${index}`, rows);
    this.kept.set(outline.id, { ...structuredClone({ outline, states }), chunks: former });
  }

  list = async () => [...this.kept].map(([key, { outline }]) => ({ key, outline: parseOutline(outline) }));

  async load(outline: Outline) {
    const record = this.kept.get(outline.id);
    const chunks = outline.arms.map(({ id }) =>
      [...(record?.chunks ?? [])].filter(([key]) => key.startsWith(`${id} `)).map(([, rows]) => rows),
    );
    return parseKeptRun(outline, record?.states, chunks);
  }

  async remove(keys: readonly string[]): Promise<void> {
    for (const key of keys) this.kept.delete(key);
  }
}

/** The locks of one browser: pages that share them see which runs go on. */
export class LocalLocks implements RunLocks {
  readonly held = new Set<string>();

  async take(id: string, patienceMs = 0) {
    for (let waited = 0; this.held.has(id); waited += 10) {
      if (waited >= patienceMs) return null;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    this.held.add(id);
    return { release: () => void this.held.delete(id) };
  }
}
