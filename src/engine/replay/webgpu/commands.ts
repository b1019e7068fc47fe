/** Commands on their way to the device: several steps go up in one submit, at the latest when the task at hand ends. */

/** Steps of one submit at most: the device should not wait long for its first work. */
export const STEPS_PER_SUBMIT = 8;

export class CommandList {
  readonly #device: GPUDevice;
  #encoder: GPUCommandEncoder | null = null;
  #scheduled = false;

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
      });
    }
    return this.#encoder;
  }

  submit(): void {
    const encoder = this.#encoder;
    if (encoder === null) return;
    this.#encoder = null;
    this.#device.queue.submit([encoder.finish()]);
  }
}
