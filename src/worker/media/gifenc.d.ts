/** Types of what is used of gifenc, which ships none. */
declare module "gifenc" {
  export type Palette = readonly (readonly number[])[];
  /** At most `colors` colours that stand for those of RGBA bytes. */
  export function quantize(rgba: Uint8ClampedArray, colors: number): Palette;
  /** The nearest colour's index for each pixel. */
  export function applyPalette(rgba: Uint8ClampedArray, palette: Palette): Uint8Array;
  export function GIFEncoder(): {
    writeFrame(
      indices: Uint8Array,
      width: number,
      height: number,
      options: { readonly palette: Palette; readonly delay: number }, // milliseconds, in tens
    ): void;
    finish(): void;
    bytes(): Uint8Array<ArrayBuffer>;
  };
}
