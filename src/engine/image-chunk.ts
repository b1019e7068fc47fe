/** One chunk of an image set: fetched, checked, unpacked. Not the set: which chunks, and when, is image-set.ts. */
import type { ImageDataset } from "../core/datasets";
import type { ChunkEntry } from "../core/datasets/manifest";
import { explainError } from "../core/errors";
import { FileElsewhereError, type FileFetcher, FileMissingError, FileStalledError } from "./files";

/** Why a chunk of a data set cannot be used: absent, not what was packed, not reachable, no longer arriving, or in another browser. */
export type ChunkFault = "missing" | "damaged" | "network" | "stalled" | "elsewhere";

/** A file of an image set cannot be had. What was loaded before stays, and asking again tries again. */
export class DataChunkError extends Error {
  override readonly name = "DataChunkError";
  constructor(
    readonly dataset: string,
    readonly file: string,
    readonly reason: ChunkFault,
    detail: string,
  ) {
    super(
      `${reason === "elsewhere" ? "These pictures" : `${file} of ${dataset}`} ${WHAT[reason]} (${detail}). ${ADVICE[reason]}`,
    );
  }
}

const WHAT = {
  missing: "is missing on the server",
  damaged: "arrived damaged",
  network: "could not be fetched",
  stalled: "has stopped arriving",
  elsewhere: "are not in this browser",
} satisfies Record<ChunkFault, string>;

const ADVICE = {
  missing: "Put the page's folder data back as it was published, then retry. What is loaded already stays.",
  damaged:
    "Retry; if that does not help, empty the browser's cache or publish the file anew. What is loaded already stays.",
  network: "Check the connection, then retry. What is loaded already stays.",
  stalled: "Retry, or check the connection. What is loaded already stays.",
  elsewhere: "Add the same pictures here, or choose another dataset.",
} satisfies Record<ChunkFault, string>;

/** What is known of a chunk's images, and their pixels in the data set's own size. */
export interface ImageChunk {
  readonly labels: Uint8Array; // [count]
  readonly attributes: readonly Uint8Array[]; // [count] each
  readonly pixels: Uint8Array; // [count, h, w, c], 0 to 255
}

/**
 * Fetches and checks a chunk: size, then SHA-256, then gzip's own checksum while unpacking, then the unpacked size.
 * A page that is served neither by HTTPS nor from localhost has no crypto.subtle; there the SHA-256 is left out, and
 * gzip's 32-bit checksum alone guards the content (against accidents, not against intent).
 * @param onBytes told how many bytes of the packed file are here
 * @throws DataChunkError
 */
export async function loadImageChunk(
  dataset: ImageDataset,
  entry: ChunkEntry,
  fetch: FileFetcher,
  subtle: SubtleCrypto | null = platformSubtle(),
  onBytes: (received: number) => void = () => {},
): Promise<ImageChunk> {
  const damaged = (detail: string) => new DataChunkError(dataset.id, entry.file, "damaged", detail);
  const packed = await fetchFile(dataset, entry.file, fetch, (received) => {
    if (received > entry.bytes) throw damaged(`more than its ${entry.bytes} bytes arrived`); // it might never end
    onBytes(received);
  });
  if (packed.byteLength !== entry.bytes) {
    throw damaged(`${packed.byteLength} bytes instead of ${entry.bytes}`);
  }
  if (subtle !== null) {
    const sum = new Uint8Array(await subtle.digest("SHA-256", packed));
    const hex = Array.from(sum, (byte) => byte.toString(16).padStart(2, "0")).join("");
    if (hex !== entry.sha256) throw damaged("its SHA-256 is not the published one");
  }
  let content: ArrayBuffer;
  try {
    const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
    content = await new Response(stream).arrayBuffer();
  } catch {
    throw damaged("it does not unpack");
  }
  const { count } = entry;
  const { attributes = [], enlarge = 1, shape } = dataset;
  const size = shape.reduce((a, b) => a * b, 1) / enlarge ** 2;
  if (content.byteLength !== count * (1 + attributes.length + size)) throw damaged("it unpacks to the wrong size");
  const column = (i: number) => new Uint8Array(content, i * count, count);
  return {
    labels: column(0),
    attributes: attributes.map((_, i) => column(1 + i)),
    pixels: enlarged(new Uint8Array(content, (1 + attributes.length) * count), shape, enlarge),
  };
}

/** Every pixel as a square of `by` × `by`. @param pixels [count, h / by, w / by, c] @returns [count, h, w, c] */
function enlarged(pixels: Uint8Array, [, width, channels]: ImageDataset["shape"], by: number): Uint8Array {
  if (by === 1) return pixels;
  const row = width * channels; // of the result
  const out = new Uint8Array(pixels.length * by * by);
  for (let from = 0, to = 0; from < pixels.length; from += row / by, to += row * by) {
    for (let i = 0; i < row; i++) {
      out[to + i] = pixels[from + Math.floor(i / channels / by) * channels + (i % channels)] ?? 0;
    }
    for (let copy = 1; copy < by; copy++) out.copyWithin(to + copy * row, to, to + row);
  }
  return out;
}

/** What computes SHA-256 here; null on pages without a secure context, whatever the types say. */
export function platformSubtle(): SubtleCrypto | null {
  return globalThis.crypto?.subtle ?? null;
}

/** A file of an image set, with what goes wrong turned into a DataChunkError. */
export async function fetchFile(
  dataset: ImageDataset,
  file: string,
  fetch: FileFetcher,
  onBytes?: (received: number) => void,
): Promise<ArrayBuffer> {
  try {
    return await fetch(`${dataset.path}/${file}`, onBytes);
  } catch (error) {
    if (error instanceof DataChunkError) throw error;
    throw new DataChunkError(dataset.id, file, faultOf(error), explainError(error));
  }
}

function faultOf(error: unknown): ChunkFault {
  if (error instanceof FileMissingError) return "missing";
  if (error instanceof FileElsewhereError) return "elsewhere";
  return error instanceof FileStalledError ? "stalled" : "network";
}
