/**
 * What was asked of training: whether it goes on, up to which step and who learns, and single steps that wait to be
 * taken. Takes no step itself: when one is taken is the session's affair, how many the slicer's.
 */
import type { Players } from "../core/config";
import type { Arms } from "./arms";
import type { Command } from "./protocol";

/** A single step that was asked for, with the id of the request that waits for it. */
export interface SingleStep {
  readonly id: number;
  readonly command: Extract<Command, { readonly type: "step" }>;
}

export interface TrainingOptions {
  readonly arms: Arms;
  /** A request for a single step was overtaken: it is answered without the step. */
  readonly onDropped: (id: number) => void;
  readonly onRefused: (id: number, why: Error) => void;
  /** Training goes on from here. */
  readonly onBegin: () => void;
}

export class Training {
  readonly #options: TrainingOptions;
  readonly #steps: SingleStep[] = [];
  #on = false;
  #until = Number.POSITIVE_INFINITY;
  #player: Players = "all";
  /** It stopped for want of data: it goes on when that is loaded after all. */
  #starved = false;

  constructor(options: TrainingOptions) {
    this.#options = options;
  }

  /** Whether it goes on, data permitting. */
  get on(): boolean {
    return this.#on;
  }

  /** Who learns. */
  get player(): Players {
    return this.#player;
  }

  /** Steps until it pauses by itself, at least one. */
  get left(): number {
    return Math.max(1, this.#until - this.#options.arms.step);
  }

  /** Whether it has come to where it was to pause. */
  get done(): boolean {
    return this.#on && this.#options.arms.step >= this.#until;
  }

  /** Whether a single step waits. */
  get stepping(): boolean {
    return this.#steps.length > 0;
  }

  /** Whether there is anything to train, and somebody who can. */
  get wanted(): boolean {
    return this.#options.arms.running.length > 0 && (this.#on || this.stepping);
  }

  /** Goes on up to a step. @param player the only one that learns */
  begin(until = Number.POSITIVE_INFINITY, player: Players = "all"): void {
    this.#until = until;
    this.#player = player;
    this.attempt();
    this.#starved = false;
    this.#on = true;
    this.#options.onBegin();
  }

  /** Makes a fresh attempt: clears what stopped the last one. */
  attempt(): void {
    const { arms } = this.#options;
    if (arms.running.length === 0) for (const arm of arms.all) arm.resume();
  }

  /** Goes on as before, where it stopped only for want of data. */
  retry(): void {
    if (this.#starved) this.begin(this.#until, this.#player);
  }

  /** Pauses in favour of single steps; those that wait already are kept. */
  pause(): void {
    this.#on = false;
    this.#starved = false;
  }

  /** Pauses, and forgets the single steps that wait. */
  halt(): void {
    this.pause();
    for (const { id } of this.#steps.splice(0)) this.#options.onDropped(id);
  }

  /** Nobody is left who could go on. */
  stop(): void {
    this.#on = false;
  }

  /** Its data did not come. */
  starve(): void {
    this.#starved ||= this.#on;
    this.#on = false;
    this.refuseSteps(new Error("The data could not be loaded, so the step was not taken. Retry loading the data."));
  }

  /** A single step waits for its turn. */
  ask(step: SingleStep): void {
    this.#steps.push(step);
  }

  /** The single step that is due, if one is. */
  next(): SingleStep | undefined {
    return this.#steps.shift();
  }

  /** Answers all single steps that wait with a failure. */
  refuseSteps(why: Error): void {
    for (const { id } of this.#steps.splice(0)) this.#options.onRefused(id, why);
  }
}
