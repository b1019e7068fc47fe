/** A device's own clock, for one compute pass at a time: free of what a submit costs and of what else the browser does. Not what is timed. */

const TIMES = 2; // a pass's beginning and end
const BYTES = 8; // of each

export class PassClock {
  readonly #times: GPUQuerySet;
  readonly #found: GPUBuffer;
  readonly #read: GPUBuffer;

  private constructor(device: GPUDevice) {
    const size = TIMES * BYTES;
    this.#times = device.createQuerySet({ type: "timestamp", count: TIMES });
    this.#found = device.createBuffer({ size, usage: GPUBufferUsage.QUERY_RESOLVE | GPUBufferUsage.COPY_SRC });
    this.#read = device.createBuffer({ size, usage: GPUBufferUsage.COPY_DST | GPUBufferUsage.MAP_READ });
  }

  /** null where the device has no clock, or was not asked for it. */
  static of(device: GPUDevice): PassClock | null {
    return device.features.has("timestamp-query") ? new PassClock(device) : null;
  }

  /** For the pass that is to be timed. */
  get writes(): GPUComputePassTimestampWrites {
    return { querySet: this.#times, beginningOfPassWriteIndex: 0, endOfPassWriteIndex: 1 };
  }

  /** To be encoded after the pass, in the same submit or a later one. */
  resolve(encoder: GPUCommandEncoder): void {
    encoder.resolveQuerySet(this.#times, 0, TIMES, this.#found, 0);
    encoder.copyBufferToBuffer(this.#found, 0, this.#read, 0, TIMES * BYTES);
  }

  /**
   * Milliseconds of the pass that was submitted last. Browsers round times, to a tenth of a millisecond unless told otherwise.
   * @returns null where the clock stood still or ran backwards, which the specification allows
   */
  async read(): Promise<number | null> {
    await this.#read.mapAsync(GPUMapMode.READ);
    const [begin = 0n, end = 0n] = new BigInt64Array(this.#read.getMappedRange().slice(0));
    this.#read.unmap();
    return end > begin ? Number(end - begin) / 1e6 : null;
  }

  destroy(): void {
    this.#times.destroy();
    this.#found.destroy();
    this.#read.destroy();
  }
}
