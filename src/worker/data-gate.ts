/** Holds steps back until their data is here. One load at a time; who is told what is the session's. */
import type { Arm } from "./arm";

export interface DataGateOptions {
  /** A load began. */
  readonly onStart: () => void;
  /** It ended: error is null when the data is here. */
  readonly onEnd: (error: Error | null) => void;
}

export class DataGate {
  readonly #options: DataGateOptions;
  #loading = false;

  constructor(options: DataGateOptions) {
    this.#options = options;
  }

  /** Whether data is on its way. */
  get loading(): boolean {
    return this.#loading;
  }

  /** Whether every arm's next step has its data; otherwise sees to it that it comes. */
  open(arms: readonly Arm[]): boolean {
    const coming = arms.map((arm) => arm.trainer.ready()).filter((promise) => promise !== undefined);
    if (coming.length === 0) return true;
    this.load(Promise.all(coming));
    return false;
  }

  /** Watches a load; a second one at the same time is left alone, as what fails there is asked for again. */
  load(coming: Promise<unknown>): void {
    if (this.#loading) {
      coming.catch(() => {});
      return;
    }
    this.#loading = true;
    const end = (error: Error | null) => {
      this.#loading = false;
      this.#options.onEnd(error);
    };
    coming.then(
      () => end(null),
      (error: unknown) => end(error instanceof Error ? error : new Error(String(error))),
    );
    this.#options.onStart();
  }
}
