/** The benchmark's end of one system's process: starts it, asks, waits with a limit, ends it. Knows nothing about systems. */
import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import * as v from "valibot";
import { type Answer, AnswerSchema, type Measured, type Ready } from "./peer-protocol";

/** Loading, building and warming up. */
const START_LIMIT_MS = 600_000;
/** One repeat: a software GPU needs a minute for a large step. */
const ANSWER_LIMIT_MS = 300_000;

/** As this process was started: opening WebGPU leaves the driver it found in the environment, which would keep a child from looking itself. */
const ENVIRONMENT = { ...process.env };

/** A system that cannot do the work; its message says why. */
export class PeerError extends Error {
  override readonly name = "PeerError";
}

export class PeerProcess {
  readonly #child: ChildProcess;
  readonly #answers: Answer[] = [];
  #waiting: ((answer: Answer) => void) | undefined;
  #stderr = "";

  private constructor(command: string, args: readonly string[], environment: Readonly<Record<string, string>>) {
    const env = { ...ENVIRONMENT, ...environment };
    this.#child = spawn(command, args, { stdio: ["pipe", "pipe", "pipe"], env });
    const { stdout, stderr } = this.#child;
    if (stdout !== null) createInterface({ input: stdout }).on("line", (line) => this.#receive(line));
    stderr?.on("data", (chunk) => {
      this.#stderr = (this.#stderr + String(chunk)).slice(-2000);
    });
    this.#child.on("error", (error) => this.#deliver({ bench: "failed", why: error.message }));
    // "close", not "exit": what the process said last is read by then.
    this.#child.on("close", (code, signal) =>
      this.#deliver({ bench: "failed", why: `its process ended (${signal ?? code}): ${lastLine(this.#stderr)}` }),
    );
    this.#child.stdin?.on("error", () => {}); // a process that ended is told by "close"
  }

  /**
   * Starts a process and waits until it is warm.
   * @param environment beside this process's own
   * @throws PeerError when it cannot do the work
   */
  static async start(
    command: string,
    args: readonly string[],
    environment: Readonly<Record<string, string>>,
  ): Promise<{ peer: PeerProcess; ready: Ready }> {
    const peer = new PeerProcess(command, args, environment);
    const ready = await peer.#next("ready", START_LIMIT_MS);
    return { peer, ready };
  }

  /** @throws PeerError */
  async measure(steps: number): Promise<Measured> {
    this.#child.stdin?.write(`measure ${steps}\n`);
    return this.#next("measured", ANSWER_LIMIT_MS);
  }

  /** GFLOP/s of a large matrix product. @throws PeerError */
  async peak(): Promise<number> {
    this.#child.stdin?.write("peak\n");
    return (await this.#next("peak", ANSWER_LIMIT_MS)).gflops;
  }

  /** Ends the process; never throws. */
  quit(): void {
    this.#child.kill("SIGKILL"); // it owns nothing that would have to be put in order
  }

  async #next<K extends Answer["bench"]>(kind: K, limit: number): Promise<Extract<Answer, { bench: K }>> {
    const answer = this.#answers.shift() ?? (await this.#wait(limit));
    if (answer.bench === kind) return answer as Extract<Answer, { bench: K }>;
    this.quit();
    throw new PeerError(answer.bench === "failed" ? answer.why : `it answered "${answer.bench}" instead of "${kind}"`);
  }

  #wait(limit: number): Promise<Answer> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.#waiting = undefined;
        resolve({ bench: "failed", why: `no answer within ${limit / 1000} s` });
      }, limit);
      this.#waiting = (answer) => {
        clearTimeout(timer);
        resolve(answer);
      };
    });
  }

  #receive(line: string): void {
    if (!line.startsWith('{"bench"')) return; // TensorFlow.js greets on the same stream
    const answer = v.safeParse(AnswerSchema, JSON.parse(line));
    if (answer.success) this.#deliver(answer.output);
    else this.#deliver({ bench: "failed", why: `its answer could not be read: ${line.slice(0, 200)}` });
  }

  #deliver(answer: Answer): void {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    if (waiting === undefined) this.#answers.push(answer);
    else waiting(answer);
  }
}

const lastLine = (text: string): string => text.trim().split("\n").at(-1) ?? "it said nothing";
