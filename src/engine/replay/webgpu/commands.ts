/**
 * Commands on their way to the device: several steps go up in one submit, at the latest when the task at hand ends. The first step of a task
 * goes up by itself when a second one follows, then two, four and more, so that the device never waits long and submits stay few. How many
 * steps a task has is the worker's business (worker/slicer.ts): as many as leave time for frames and for a person's changes.
 */

/** Steps of one submit at most. */
export const STEPS_PER_SUBMIT = 32;

export class CommandList {
  readonly #device: GPUDevice;
  #encoder: GPUCommandEncoder | null = null;
  #scheduled = false;
  /** Steps written since the last submit, and those of the next one. */
  #steps = 0;
  #due = 1;

  constructor(device: GPUDevice) {
    this.#device = device;
  }

  /** What is written here is submitted at the end of the task, or before. */
  get encoder(): GPUCommandEncoder {
    this.#encoder ??= this.#device.createCommandEncoder({ label: "replayed steps" });
    if (!this.#scheduled) {
      this.#scheduled = true;
      queueMicrotask(() => {
        this.#scheduled = false;
        this.submit();
        this.#due = 1;
      });
    }
    return this.#encoder;
  }

  /**
   * To be called before a step is written.
   * @param most steps of a submit
   * @returns how many steps are written since the last submit
   */
  beginStep(most: number): number {
    if (this.#steps >= Math.min(this.#due, most)) {
      this.submit();
      this.#due = Math.min(2 * this.#due, STEPS_PER_SUBMIT);
    }
    return this.#steps++;
  }

  submit(): void {
    this.#steps = 0;
    const encoder = this.#encoder;
    if (encoder === null) return;
    this.#encoder = null;
    this.#device.queue.submit([encoder.finish()]);
  }
}
