/** Pixels as an address that an image can show and a setting can hold. */

/** @param rgba a square of bytes [side, side, 4] @returns a data: address of a PNG */
export function pictureAddress(rgba: Uint8ClampedArray, side: number): string {
  const canvas = Object.assign(document.createElement("canvas"), { width: side, height: side });
  const pixels = new Uint8ClampedArray(rgba);
  canvas.getContext("2d")?.putImageData(new ImageData(pixels, side), 0, 0);
  return canvas.toDataURL();
}
