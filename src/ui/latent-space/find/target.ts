/** Pictures to be found: from a file to the data's own size and colours, and changes by hand. RGBA bytes; no components. */
import type { ImageDataset } from "../../../core/datasets";

/** A picture of the data's size, all of one brightness: the data's darkest. */
export function blank({ shape: [height, width] }: ImageDataset): Uint8ClampedArray<ArrayBuffer> {
  const pixels = new Uint8ClampedArray(height * width * 4);
  for (let i = 3; i < pixels.length; i += 4) pixels[i] = 255;
  return pixels;
}

/** The middle square of a picture, at the data's size; grey where the data is. @throws Error with a sentence for what is no picture */
export async function decodePicture(
  file: Blob,
  { shape: [height, width, channels] }: ImageDataset,
): Promise<Uint8ClampedArray> {
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(file);
  } catch {
    throw new Error("This is no picture that the browser can show. Try a PNG or a JPEG.");
  }
  const scale = Math.max(width / bitmap.width, height / bitmap.height);
  const [w, h] = [bitmap.width * scale, bitmap.height * scale];
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext("2d");
  if (context === null) throw new Error("The browser gives no canvas to draw the picture on.");
  context.imageSmoothingQuality = "high";
  context.fillStyle = "#000"; // behind what is transparent
  context.fillRect(0, 0, width, height);
  context.drawImage(bitmap, (width - w) / 2, (height - h) / 2, w, h);
  bitmap.close();
  const { data } = context.getImageData(0, 0, width, height);
  return channels === 1 ? grey(data) : data;
}

function grey(pixels: Uint8ClampedArray): Uint8ClampedArray {
  return pixels.map((value, i) => {
    if (i % 4 === 3) return value;
    const at = i - (i % 4);
    return 0.299 * (pixels[at] ?? 0) + 0.587 * (pixels[at + 1] ?? 0) + 0.114 * (pixels[at + 2] ?? 0);
  });
}

/** Bright for dark. */
export const inverted = (pixels: Uint8ClampedArray): Uint8ClampedArray =>
  pixels.map((value, i) => (i % 4 === 3 ? value : 255 - value));

export interface Brush {
  readonly x: number; // pixels, from the left
  readonly y: number;
  readonly radius: number;
}

/** How much a brush covers each pixel that it touches, by the pixel's number. */
export function touched({ x, y, radius }: Brush, height: number, width: number): ReadonlyMap<number, number> {
  const found = new Map<number, number>();
  const [top, left] = [Math.floor(y - radius - 1), Math.floor(x - radius - 1)];
  for (let row = Math.max(0, top); row <= Math.min(height - 1, top + 2 * radius + 3); row++) {
    for (let column = Math.max(0, left); column <= Math.min(width - 1, left + 2 * radius + 3); column++) {
      const cover = radius + 0.5 - Math.hypot(column + 0.5 - x, row + 0.5 - y);
      if (cover > 0) found.set(row * width + column, Math.min(1, cover));
    }
  }
  return found;
}

/** The picture with a touch of the brush. */
export function inked(
  pixels: Uint8ClampedArray,
  touch: ReadonlyMap<number, number>,
  ink: readonly [number, number, number],
): Uint8ClampedArray {
  const next = pixels.slice();
  for (const [i, cover] of touch) {
    for (let c = 0; c < 3; c++) {
      const before = pixels[4 * i + c] ?? 0;
      next[4 * i + c] = before + cover * ((ink[c] ?? 0) - before);
    }
  }
  return next;
}
