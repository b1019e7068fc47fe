/** Makes a film by showing its frames to the browser's recorder, as fast as they are to be seen: for browsers without WebCodecs. */
import type { FilmShape } from "../../worker/protocol-media";
import type { Film } from "./films";

/** The type as this browser's recorder knows it; null where it cannot record it. */
export function recordableType(type: string): string | null {
  return typeof MediaRecorder !== "undefined" && MediaRecorder.isTypeSupported(type) ? type : null;
}

/** Bits a second: crisp squares want many. */
const BITRATE = 8e6;

/** @throws Error where this browser cannot record the type */
export function recordFilm(type: string, { width, height, framesPerSecond }: FilmShape): Film {
  const recordable = recordableType(type);
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  const context = canvas.getContext("2d");
  if (recordable === null || context === null) throw new Error("This browser cannot record films. Choose GIF.");
  const stream = canvas.captureStream(framesPerSecond);
  const recorder = new MediaRecorder(stream, { mimeType: recordable, videoBitsPerSecond: BITRATE });
  const parts: Blob[] = [];
  recorder.addEventListener("dataavailable", ({ data }) => parts.push(data));
  const stopped = new Promise<void>((resolve) => recorder.addEventListener("stop", () => resolve(), { once: true }));
  const stop = () => {
    if (recorder.state !== "inactive") recorder.stop();
    for (const track of stream.getTracks()) track.stop();
  };
  return {
    async add(pixels) {
      context.putImageData(new ImageData(pixels, width), 0, 0);
      if (recorder.state === "inactive") recorder.start();
      await new Promise((resolve) => setTimeout(resolve, 1000 / framesPerSecond));
    },
    async finish() {
      stop();
      await stopped;
      return new Blob(parts, { type });
    },
    cancel: stop,
  };
}
