/** The numbers of replayed steps, kept on the device until someone reads them: rows of a buffer, filled in turn. One readback for many. */
import type { CommandList } from "./commands";

/** Numbers that are still on the device. */
export interface Row {
  read(): Promise<Float32Array>;
}

/** Rows between two readbacks; when nobody reads, a full buffer is read back by itself. */
const ROWS = 1024;

export class ReadbackBuffer {
  readonly #device: GPUDevice;
  readonly #commands: CommandList;
  readonly #width: number;
  readonly #buffer: GPUBuffer;
  #next = 0;
  #reading: { promise: Promise<Float32Array> | null } = { promise: null };

  /** @param width floats of a row */
  constructor(device: GPUDevice, commands: CommandList, width: number) {
    this.#device = device;
    this.#commands = commands;
    this.#width = Math.max(1, width);
    const usage = GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;
    this.#buffer = device.createBuffer({ label: "numbers of steps", size: ROWS * this.#width * 4, usage });
  }

  /** Has a row copied from a buffer by the commands at hand. */
  push(from: GPUBuffer): Row {
    if (this.#next === ROWS) this.#startReading();
    const width = this.#width;
    const row = this.#next++;
    const own = this.#reading;
    this.#commands.encoder.copyBufferToBuffer(from, 0, this.#buffer, row * width * 4, width * 4);
    return {
      read: async () => {
        if (own.promise === null) this.#startReading();
        const all = await own.promise;
        return all?.subarray(row * width, (row + 1) * width) ?? new Float32Array(width).fill(Number.NaN);
      },
    };
  }

  #startReading(): void {
    const bytes = this.#next * this.#width * 4;
    const own = this.#reading;
    this.#reading = { promise: null };
    this.#next = 0;
    const usage = GPUBufferUsage.COPY_DST | GPUBufferUsage.MAP_READ;
    const staging = this.#device.createBuffer({ label: "numbers on their way", size: bytes, usage });
    // With the steps themselves: no submit of its own.
    this.#commands.encoder.copyBufferToBuffer(this.#buffer, 0, staging, 0, bytes);
    this.#commands.submit();
    own.promise = staging.mapAsync(GPUMapMode.READ).then(() => {
      const numbers = new Float32Array(staging.getMappedRange().slice(0));
      staging.destroy();
      return numbers;
    });
    own.promise.catch(() => {}); // heard by whoever reads
  }

  /** Rows that nobody has read yet are on their way when this returns, and can still be read. */
  dispose(): void {
    if (this.#next > 0) this.#startReading();
    this.#buffer.destroy();
  }
}
