/** Pixels as a picture that canvases can scale and draw. Keeps its scratch canvases: making one for each picture of each frame is slow. */

const scratch = new Map<string, HTMLCanvasElement>();
/** Sizes that are kept: a colour bar has another with every size of the window. */
const MOST_SIZES = 64;

/**
 * RGBA bytes [height, width, 4] as a picture to draw at once: it lasts until the next one of its size.
 * @param pixels with memory of their own, not a view that may be shared
 */
export function pixelPicture(pixels: Uint8ClampedArray<ArrayBuffer>, width: number): HTMLCanvasElement {
  const image = new ImageData(pixels, width);
  const key = `${width} ${image.height}`;
  let canvas = scratch.get(key);
  if (canvas === undefined) {
    if (scratch.size >= MOST_SIZES) scratch.clear();
    canvas = Object.assign(document.createElement("canvas"), { width, height: image.height });
    scratch.set(key, canvas);
  }
  canvas.getContext("2d", { willReadFrequently: true })?.putImageData(image, 0, 0);
  return canvas;
}
