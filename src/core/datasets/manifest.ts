/** The list of a packed image set's chunks: manifest.json beside them. Format and parsing; no fetch, no files. */
import * as v from "valibot";

/**
 * Images per chunk. A chunk, unpacked, is CHUNK_IMAGES label bytes, as many bytes of each attribute in turn, and CHUNK_IMAGES
 * images of h·w·c bytes.
 */
export const CHUNK_IMAGES = 10_000;

const count = v.pipe(v.number(), v.integer(), v.minValue(0));

const ManifestSchema = v.object({
  format: v.literal(1),
  /** Id of the data set; sets of other sizes of the same images may read it too. */
  dataset: v.string(),
  shape: v.tuple([count, count, count]),
  chunks: v.array(
    v.object({
      /** Name within the image set's folder. */
      file: v.pipe(v.string(), v.regex(/^[\w.-]+$/)),
      split: v.picklist(["train", "test"]),
      count,
      /** Size of the compressed file. */
      bytes: count,
      /** Of the compressed file, in hexadecimal. */
      sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
    }),
  ),
  countsPerClass: v.object({ train: v.array(count), test: v.array(count) }),
});

/** What a set's manifest calls it: its folder's name, as sets of several sizes may be read from the same files. */
export const manifestName = ({ path }: { readonly path: string }): string => path.split("/").at(-1) ?? path;

export type ImageManifest = v.InferOutput<typeof ManifestSchema>;
export type ChunkEntry = ImageManifest["chunks"][number];

/** Reads a manifest from its JSON text. @throws Error in a sentence when it is not one, or not of that name. */
export function parseManifest(text: string, name: string): ImageManifest {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new Error("The list of image chunks is not JSON.");
  }
  const result = v.safeParse(ManifestSchema, json);
  if (!result.success) {
    const issue = result.issues[0];
    throw new Error(`The list of image chunks has a fault at ${v.getDotPath(issue) ?? "its top"}: ${issue.message}.`);
  }
  if (result.output.dataset !== name) {
    throw new Error(`The list of image chunks is for "${result.output.dataset}", not for "${name}".`);
  }
  return result.output;
}
