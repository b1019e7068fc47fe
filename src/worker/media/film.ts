/** A film on its way: takes frames, gives a file. What every format's maker is; gif.ts and video.ts are two. */
export interface FilmMaker {
  /** @param pixels RGBA bytes [height, width, 4] */
  add(pixels: Uint8ClampedArray<ArrayBuffer>): Promise<void>;
  /** Ends the film. @returns the file */
  finish(): Promise<Uint8Array<ArrayBuffer>>;
}
