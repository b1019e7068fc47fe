/** Which picture sets this browser keeps, and what they are called: remembered where it is read at once. The files: worker/pictures. */
import * as v from "valibot";
import { isDatasetId, namePictures } from "../../core/datasets";
import type { OwnPicturesId } from "../../core/datasets/own/pictures";
import type { PageAccess } from "../page";

const KEY = "pictures";

const isOwnPictures = (id: unknown): id is OwnPicturesId =>
  typeof id === "string" && id.startsWith("pictures:") && isDatasetId(id);

const KeptSchema = v.object({
  id: v.custom<OwnPicturesId>(isOwnPictures),
  name: v.string(),
  classes: v.array(v.string()),
  bytes: v.number(),
  /** A small picture, as a data: address. */
  thumbnail: v.pipe(v.string(), v.startsWith("data:image/")),
});

/** A set as the page lists it. */
export type KeptEntry = v.InferOutput<typeof KeptSchema>;

/** The kept sets, newest first; what cannot be read is left out. Their names are known from then on. */
export function readKept(page: Pick<PageAccess, "read">): readonly KeptEntry[] {
  let list: unknown;
  try {
    list = JSON.parse(page.read(KEY) ?? "[]");
  } catch {
    return [];
  }
  if (!Array.isArray(list)) return [];
  const entries = list.flatMap((one) => {
    const result = v.safeParse(KeptSchema, one);
    return result.success ? [result.output] : [];
  });
  for (const entry of entries) namePictures(entry.id, entry);
  return entries;
}

export function writeKept(page: Pick<PageAccess, "write">, entries: readonly KeptEntry[]): void {
  page.write(KEY, JSON.stringify(entries));
  for (const entry of entries) namePictures(entry.id, entry);
}
