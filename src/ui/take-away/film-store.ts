/** The film that is being made, or was made last: its progress, its end, its file. Goes on while the sheet is closed. */
import { create } from "zustand";
import { beginFilm, type Film } from "../../client/media/films";
import { errorSentence } from "../../core/errors";
import type { FilmFormat } from "../../worker/protocol-media";
import type { FilmOptions, FilmScene } from "./film-scenes";
import { drawStill, evenSize } from "./stills";

export type FilmJob =
  | { readonly kind: "none" }
  | { readonly kind: "making"; readonly done: number; readonly total: number }
  | {
      readonly kind: "made";
      readonly format: FilmFormat;
      readonly blob: Blob;
      readonly address: string;
      readonly name: string;
    }
  | { readonly kind: "failed"; readonly why: string };

export const useFilm = create<{ readonly job: FilmJob }>(() => ({ job: { kind: "none" } }));

/** Changes with every film, and when one is cancelled: who finds another number stops. */
let current = 0;

export interface WantedFilm extends FilmOptions {
  readonly scene: FilmScene;
  readonly format: FilmFormat;
  readonly name: string;
}

/** Makes a film. Never rejects: what goes wrong is told. */
export async function makeFilm({ scene, format, name, ...options }: WantedFilm): Promise<void> {
  current += 1;
  const mine = current;
  drop();
  let film: Film | null = null;
  try {
    const frames = scene.begin(options);
    const total = frames.count + frames.hold;
    const canvas = document.createElement("canvas");
    show({ kind: "making", done: 0, total });
    for (let i = 0; i < total; i++) {
      if (i < frames.count) {
        const still = await frames.frame(i);
        const [width, height] = evenSize(still);
        if (film !== null && (width !== canvas.width || height !== canvas.height)) throw new Error(CHANGED);
        drawStill(canvas, still, options.colors, true);
        film ??= await beginFilm(format, { width, height, framesPerSecond: options.framesPerSecond });
      }
      if (mine !== current || film === null) break;
      await film.add(pixelsOf(canvas));
      if (mine !== current) break;
      show({ kind: "making", done: i + 1, total });
    }
    if (mine !== current || film === null) {
      film?.cancel();
      return;
    }
    const blob = await film.finish();
    if (mine === current) show({ kind: "made", format, blob, address: URL.createObjectURL(blob), name });
  } catch (error) {
    film?.cancel();
    if (mine === current) show({ kind: "failed", why: errorSentence(error) });
  }
}

/** Ends the making of a film, or forgets the one that was made. */
export function cancelFilm(): void {
  current += 1;
  drop();
  show({ kind: "none" });
}

const CHANGED = "The experiment was changed while the film was made. Make it again.";

const show = (job: FilmJob): void => useFilm.setState({ job });

function drop(): void {
  const { job } = useFilm.getState();
  if (job.kind === "made") URL.revokeObjectURL(job.address);
}

function pixelsOf(canvas: HTMLCanvasElement): Uint8ClampedArray<ArrayBuffer> {
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (context === null) throw new Error("This browser gives no canvas to draw on.");
  return context.getImageData(0, 0, canvas.width, canvas.height).data;
}
