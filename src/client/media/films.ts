/** Makes films of frames that the page draws: in a worker of their own, or by the browser's recorder where it has no encoder. */
import type { FilmFormat, FilmShape, MediaCommand, MediaEvent, MediaResults } from "../../worker/protocol-media";
import { createWorkerRequests } from "../worker-requests";
import { recordableType, recordFilm } from "./recorder";

/** A film on its way. */
export interface Film {
  /** Resolves when the next frame may come. @param pixels RGBA bytes [height, width, 4]; handed over */
  add(pixels: Uint8ClampedArray<ArrayBuffer>): Promise<void>;
  /** @returns the film's file */
  finish(): Promise<Blob>;
  /** Drops it. Does nothing after the end. */
  cancel(): void;
}

const TYPES: Readonly<Record<FilmFormat, string>> = { gif: "image/gif", mp4: "video/mp4", webm: "video/webm" };

/** Said to what waits for a film that was cancelled; nobody sees it. */
const CANCELLED = "The film was cancelled.";

/** Formats that this browser can make; asked once. */
export function filmFormats(): Promise<readonly FilmFormat[]> {
  known ??= askFormats();
  return known;
}
let known: Promise<readonly FilmFormat[]> | undefined;

async function askFormats(): Promise<readonly FilmFormat[]> {
  if (typeof VideoEncoder === "undefined") {
    const videos = (["mp4", "webm"] as const).filter((format) => recordableType(TYPES[format]) !== null);
    return ["gif", ...videos];
  }
  const worker = startWorker();
  try {
    return await worker.ask({ type: "formats" });
  } finally {
    worker.end(CANCELLED);
  }
}

/** Begins a film. @throws Error with a sentence for people where this browser cannot make it */
export async function beginFilm(format: FilmFormat, shape: FilmShape): Promise<Film> {
  if (format !== "gif" && typeof VideoEncoder === "undefined") return recordFilm(TYPES[format], shape);
  const worker = startWorker();
  await worker.ask({ type: "begin", format, shape });
  return {
    async add(pixels) {
      await worker.ask({ type: "frame", pixels });
    },
    async finish() {
      const file = await worker.ask({ type: "finish" });
      worker.end(CANCELLED);
      return new Blob([file], { type: TYPES[format] });
    },
    cancel: () => worker.end(CANCELLED),
  };
}

function startWorker() {
  const requests = createWorkerRequests<MediaCommand, MediaResults[MediaCommand["type"]], MediaEvent>(
    () => new Worker(new URL("../../worker/media/media.worker.ts", import.meta.url), { type: "module", name: "media" }),
    "Making the film broke off, most often for want of memory. Try a smaller one.",
  );
  return {
    end: requests.end,
    // What the worker answers to a command is of the command's own type (worker/protocol-media.ts).
    ask: <C extends MediaCommand>(command: C) => requests.request(command) as Promise<MediaResults[C["type"]]>,
  };
}
