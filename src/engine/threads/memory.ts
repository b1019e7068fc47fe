/** Blocks of a shared WebAssembly memory: handed out, taken back, used again. The memory grows when it must and cannot shrink. */

const PAGE = 65_536;
const ALIGNMENT = 64; // a cache line

/** How large the memory may become: what is reserved, not what is used. Less where so much cannot be reserved. */
const MAXIMUM_PAGES = [16_384, 8192, 4096, 2048];

/** @throws when not even the smallest can be had */
export function makeSharedMemory(): WebAssembly.Memory {
  let problem: unknown;
  for (const maximum of MAXIMUM_PAGES) {
    try {
      return new WebAssembly.Memory({ initial: 16, maximum, shared: true });
    } catch (error) {
      problem = error;
    }
  }
  throw problem;
}

interface Block {
  readonly address: number;
  readonly bytes: number;
}

export class SharedHeap {
  readonly #memory: WebAssembly.Memory;
  readonly #taken = new Map<number, number>();
  /** By address; no two touch. */
  #free: Block[];
  #end: number;

  constructor(memory: WebAssembly.Memory) {
    this.#memory = memory;
    this.#end = memory.buffer.byteLength;
    this.#free = [{ address: ALIGNMENT, bytes: this.#end - ALIGNMENT }]; // 0 means "none"
  }

  /** Bytes handed out. */
  get used(): number {
    return [...this.#taken.values()].reduce((sum, bytes) => sum + bytes, 0);
  }

  /** The smallest free block that is large enough, or new memory. @throws RangeError when there is none left */
  allocate(bytes: number): number {
    const size = Math.ceil(Math.max(1, bytes) / ALIGNMENT) * ALIGNMENT;
    const fitting = this.#free.filter((block) => block.bytes >= size).sort((a, b) => a.bytes - b.bytes);
    const [block = this.#grow(size)] = fitting;
    this.#free = this.#free.filter((other) => other !== block);
    if (block.bytes > size) this.#give({ address: block.address + size, bytes: block.bytes - size });
    this.#taken.set(block.address, size);
    return block.address;
  }

  /** @throws when nothing was allocated there */
  free(address: number): void {
    const bytes = this.#taken.get(address);
    if (bytes === undefined) throw new Error(`Nothing of the shared memory was taken at ${address}; this is a bug.`);
    this.#taken.delete(address);
    this.#give({ address, bytes });
  }

  /** Takes a block back and joins it to its free neighbours. */
  #give(block: Block): void {
    let { address, bytes } = block;
    this.#free = this.#free.filter((other) => {
      const touches = other.address + other.bytes === address || address + bytes === other.address;
      if (touches) {
        address = Math.min(address, other.address);
        bytes += other.bytes;
      }
      return !touches;
    });
    this.#free.push({ address, bytes });
  }

  /** A free block of at least this size at the end of memory. */
  #grow(size: number): Block {
    const last = this.#free.find((block) => block.address + block.bytes === this.#end);
    const missing = size - (last?.bytes ?? 0);
    const pages = Math.ceil(missing / PAGE);
    try {
      this.#memory.grow(pages);
    } catch {
      throw new RangeError(`the memory that threads share has no ${Math.ceil(size / 2 ** 20)} MiB left`);
    }
    const from = this.#end;
    this.#end = from + pages * PAGE;
    this.#give({ address: from, bytes: pages * PAGE });
    const grown = this.#free.find((block) => block.address + block.bytes === this.#end);
    if (grown === undefined) throw new Error("The shared memory grew but has no free block; this is a bug.");
    return grown;
  }
}
