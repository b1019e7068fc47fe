/** Makes a picture of a set: a square of what came, brought to the set's size on white, in grey or colour. */
import type { Crop, PictureSettings } from "../protocol-pictures";
import type { Source } from "./sources";

const canvases = new Map<number, OffscreenCanvasRenderingContext2D>();

function canvasOf(side: number): OffscreenCanvasRenderingContext2D {
  const known = canvases.get(side);
  if (known !== undefined) return known;
  const context = new OffscreenCanvas(side, side).getContext("2d", { willReadFrequently: true });
  if (context === null) throw new Error("This browser cannot draw pictures outside of the page.");
  context.imageSmoothingQuality = "high";
  canvases.set(side, context);
  return context;
}

/** @returns bytes [side, side, channels] @throws Error in a sentence where the picture cannot be opened */
export async function makePicture(
  source: Source,
  { side, colour, crop }: PictureSettings,
  own: Crop | undefined,
): Promise<Uint8Array> {
  const picture = await source.open();
  try {
    return drawn(picture, side, colour, own ?? crop);
  } finally {
    picture.close();
  }
}

function drawn(picture: ImageBitmap, side: number, colour: boolean, crop: Crop): Uint8Array {
  const context = canvasOf(side);
  const square = Math.min(picture.width, picture.height) / crop.zoom;
  const left = crop.x * (picture.width - square);
  const top = crop.y * (picture.height - square);
  context.fillStyle = "#fff";
  context.fillRect(0, 0, side, side);
  context.imageSmoothingEnabled = square !== side; // what fits is taken as it is
  context.drawImage(picture, left, top, square, square, 0, 0, side, side);
  const { data } = context.getImageData(0, 0, side, side);
  const channels = colour ? 3 : 1;
  const out = new Uint8Array(side * side * channels);
  for (let i = 0; i < side * side; i++) {
    const [r = 0, g = 0, b = 0] = data.subarray(4 * i, 4 * i + 3);
    if (colour) out.set([r, g, b], 3 * i);
    else out[i] = Math.round(0.299 * r + 0.587 * g + 0.114 * b); // luma, ITU-R BT.601
  }
  return out;
}
