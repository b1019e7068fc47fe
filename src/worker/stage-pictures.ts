/**
 * The stage's pictures of all arms: made here between two slices, or by another thread while training goes on. Not when they are due and not
 * what else is shown (views.ts).
 */
import { lossOf, samplerOf } from "../core/config";
import type { StageFrame } from "../core/stage";
import { isHere } from "../engine/data";
import { isPlainFrame, type StageView, stageFrame, stageFrameAside } from "../engine/probes";
import { LookLost } from "../engine/replay";
import type { Arm } from "./arm";
import type { Arms } from "./arms";
import type { WorkerEvent } from "./protocol";
import { transferables } from "./wire";

export interface StagePicturesOptions {
  readonly post: (event: WorkerEvent, transfer?: Transferable[]) => void;
  readonly arms: Arms;
  /** What pictures show. */
  readonly look: () => Omit<StageView, "losses">;
  /** Pictures that another thread made were posted. */
  readonly onPosted: () => void;
  /** They will not come: these must be made here. */
  readonly onLost: () => void;
  /** Making them failed. */
  readonly onFault: (fault: unknown) => void;
  /** Whether they came or not. */
  readonly onEnd: () => void;
}

export class StagePictures {
  readonly #options: StagePicturesOptions;
  /** Pictures that were begun before it grew are of the past. */
  #epoch = 0;
  #coming = false;

  constructor(options: StagePicturesOptions) {
    this.#options = options;
  }

  /** Whether another thread is making pictures. */
  get coming(): boolean {
    return this.#coming;
  }

  /** What another thread is making is of the past. */
  outdate(): void {
    this.#epoch += 1;
  }

  /** Makes and posts them. */
  async make(): Promise<void> {
    this.outdate();
    for (const arm of this.#options.arms.all) {
      const frame = await this.frameOf(arm);
      if (frame === null) continue; // the session waits for its data, and has it redrawn when it is here
      this.#post(arm, arm.trainer.step, frame);
    }
  }

  /**
   * Has another thread make pictures of the arms as they stand, while training goes on.
   * @returns whether it does; else they must be made here
   */
  begin(): boolean {
    const arms = this.#options.arms.all;
    // Whether all can, first: a look that is begun for one arm alone is work in vain.
    if (!arms.every((arm) => isHere(arm.data, 0) && isPlainFrame(arm.trainer, this.#viewOf(arm)))) return false;
    const begun = arms.map((arm) => {
      const frame = stageFrameAside(arm.trainer, this.#viewOf(arm));
      return frame && { arm, step: arm.trainer.step, frame };
    });
    if (begun.length > 0 && begun.every((one) => one !== null)) {
      void this.#finish(begun);
      return true;
    }
    for (const one of begun) one?.frame.catch(() => {}); // nobody wants it
    return false;
  }

  /** What the stage shows of an arm as it stands; null while its data is coming. */
  async frameOf(arm: Arm, views = this.#options.look().views): Promise<StageFrame | null> {
    return isHere(arm.data, 0) ? stageFrame(arm.trainer, arm.data, { ...this.#viewOf(arm), views }) : null;
  }

  async #finish(
    begun: readonly { readonly arm: Arm; readonly step: number; readonly frame: Promise<StageFrame> }[],
  ): Promise<void> {
    const { onPosted, onLost, onFault, onEnd } = this.#options;
    this.outdate();
    const epoch = this.#epoch;
    this.#coming = true;
    try {
      const frames = await Promise.all(begun.map(async ({ frame, ...of }) => ({ ...of, frame: await frame })));
      if (epoch !== this.#epoch) return;
      for (const { arm, step, frame } of frames) this.#post(arm, step, frame);
      onPosted();
    } catch (error) {
      if (epoch !== this.#epoch) return;
      if (error instanceof LookLost) onLost();
      else onFault(error);
    } finally {
      this.#coming = false;
      onEnd();
    }
  }

  #post(arm: Arm, step: number, frame: StageFrame): void {
    const buffers = transferables(Object.values(frame).filter(ArrayBuffer.isView));
    this.#options.post({ type: "stage", arm: arm.id, step, frame }, buffers);
  }

  #viewOf(arm: Arm): StageView {
    const look = this.#options.look();
    return {
      ...look,
      averaged: look.averaged && samplerOf(arm.config).ema > 0,
      losses: [...new Set(this.#options.arms.all.flatMap(({ config }) => lossOf(config) ?? []))],
    };
  }
}
