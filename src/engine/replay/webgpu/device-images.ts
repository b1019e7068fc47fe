/** An image set's bytes on a device, shared by all who train on it there; chunks follow as they are loaded. */
import { CHUNK_IMAGES } from "../../../core/datasets/manifest";
import type { ImageSet } from "../../image-set";

const kept = new WeakMap<GPUDevice, WeakMap<ImageSet, DeviceImages>>();

export class DeviceImages {
  readonly buffer: GPUBuffer;
  readonly #device: GPUDevice;
  readonly #set: ImageSet;
  /** Of each chunk. */
  readonly #sent: boolean[];
  #missing: number;

  /** It lives as long as the set does. */
  static of(set: ImageSet, device: GPUDevice): DeviceImages {
    const sets = kept.get(device) ?? new WeakMap<ImageSet, DeviceImages>();
    kept.set(device, sets);
    const known = sets.get(set) ?? new DeviceImages(set, device);
    sets.set(set, known);
    return known;
  }

  private constructor(set: ImageSet, device: GPUDevice) {
    this.#set = set;
    this.#device = device;
    this.#sent = new Array<boolean>(set.chunks).fill(false);
    this.#missing = set.chunks;
    const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST;
    this.buffer = device.createBuffer({ label: "images", size: Math.ceil(set.pixels.length / 4) * 4, usage });
  }

  /** Sends chunks that have been loaded since. */
  bringUpToDate(): void {
    if (this.#missing === 0) return;
    const { pixels, dataset } = this.#set;
    const size = dataset.shape.reduce((a, b) => a * b, 1);
    const bytes = CHUNK_IMAGES * size; // a multiple of four, as writeBuffer wants it
    for (const [chunk, sent] of this.#sent.entries()) {
      if (sent || !this.#set.hasChunk(chunk)) continue;
      const from = chunk * bytes;
      const end = Math.min(from + bytes, pixels.length);
      const whole = end - (end % 4);
      this.#device.queue.writeBuffer(this.buffer, from, pixels as Uint8Array<ArrayBuffer>, from, whole - from);
      if (whole < end) {
        const rest = new Uint8Array(4);
        rest.set(pixels.subarray(whole, end));
        this.#device.queue.writeBuffer(this.buffer, whole, rest);
      }
      this.#sent[chunk] = true;
      this.#missing -= 1;
    }
  }
}
