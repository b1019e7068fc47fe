/** Hands a file to the person: the browser saves it. Names of files. Makes no contents. */

import { firstConfig } from "../../client/selectors";
import type { PlaygroundState } from "../../client/store";
import { isBuiltIn } from "../../core/datasets";

/** Long enough for any browser to have begun to save. */
const KEEP_MS = 60_000;

export function saveFile(blob: Blob, name: string): void {
  const address = URL.createObjectURL(blob);
  Object.assign(document.createElement("a"), { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), KEEP_MS);
}

export const saveText = (text: string, type: string, name: string): void => saveFile(new Blob([text], { type }), name);

/** Saves what a canvas shows. @throws Error where the browser cannot encode it */
export async function savePng(canvas: HTMLCanvasElement, name: string): Promise<void> {
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/png"));
  if (blob === null) throw new Error("The picture is too large for this browser. Choose a smaller size.");
  saveFile(blob, name);
}

/** "gan-faces-16-grid-step-1240.png" */
export function fileName(state: PlaygroundState, what: string, extension: string): string {
  const { dataset } = firstConfig(state);
  return `gan-${isBuiltIn(dataset) ? dataset : "own-data"}-${what}-step-${state.step}.${extension}`;
}
