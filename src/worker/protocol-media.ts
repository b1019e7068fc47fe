/** What the page and the worker that makes films say to each other. Types only. A worker makes one film; ending it cancels. */

export const FILM_FORMATS = ["gif", "mp4", "webm"] as const;
export type FilmFormat = (typeof FILM_FORMATS)[number];

export interface FilmShape {
  readonly width: number; // pixels, even: codecs halve the resolution of colours
  readonly height: number; // likewise
  readonly framesPerSecond: number;
}

export type MediaCommand =
  /** Which formats can be made here. */
  | { readonly type: "formats" }
  | { readonly type: "begin"; readonly format: FilmFormat; readonly shape: FilmShape }
  /** The next frame, RGBA bytes [height, width, 4]. */
  | { readonly type: "frame"; readonly pixels: Uint8ClampedArray<ArrayBuffer> }
  | { readonly type: "finish" };

export interface MediaResults {
  formats: readonly FilmFormat[];
  begin: null;
  frame: null;
  /** The film's file. */
  finish: Uint8Array<ArrayBuffer>;
}

export type MediaEvent =
  | { readonly type: "result"; readonly id: number; readonly value: MediaResults[MediaCommand["type"]] }
  /** `reason` is a sentence for people. */
  | { readonly type: "failure"; readonly id: number; readonly reason: string };
