/** The first pictures as they will be trained on; a press on one crops it by hand. */
import { useEffect, useRef, useState } from "react";
import { useOwnPicturesActions } from "../../client/pictures/use-own-pictures";
import { CENTRE, type Collected, type Crop } from "../../worker/protocol-pictures";
import { CropFields } from "./CropFields";

export function PicturePreview({ collected }: { readonly collected: Collected }) {
  const { count, previews } = collected;
  const [cropped, setCropped] = useState<number | null>(null);
  return (
    <>
      <ul className="pictures-preview" aria-label="Pictures as they will be trained on">
        {Array.from({ length: previews }, (_, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a picture's number is what it is
          <li key={i}>
            <button
              type="button"
              aria-label={`Crop picture ${i + 1}`}
              aria-pressed={cropped === i}
              onClick={() => setCropped(cropped === i ? null : i)}
            >
              <Small collected={collected} index={i} />
            </button>
          </li>
        ))}
      </ul>
      {count > previews && <p className="pictures-note">and {(count - previews).toLocaleString("en")} more</p>}
      {cropped !== null && cropped < previews && <ByHand key={cropped} index={cropped} />}
    </>
  );
}

function Small({ collected, index }: { readonly collected: Collected; readonly index: number }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { preview, side } = collected;
  useEffect(() => {
    const bytes = 4 * side * side;
    const pixels = new Uint8ClampedArray(preview.subarray(index * bytes, (index + 1) * bytes));
    canvas.current?.getContext("2d")?.putImageData(new ImageData(pixels, side), 0, 0);
  }, [preview, side, index]);
  return <canvas ref={canvas} width={side} height={side} />;
}

/** Longest side of the picture that is shown beside the sliders, CSS pixels. */
const SHOWN = 220;

/** One picture as it came, with the square that is taken of it. */
function ByHand({ index }: { readonly index: number }) {
  const { original, crop: setCrop, change } = useOwnPicturesActions();
  const canvas = useRef<HTMLCanvasElement>(null);
  const [crop, setShown] = useState<Crop>(CENTRE);
  const [picture, setPicture] = useState<ImageBitmap | null>(null);
  useEffect(() => {
    let wanted = true;
    let here: ImageBitmap | null = null;
    void original(index).then((came) => {
      if (!wanted) return came?.close();
      here = came;
      setPicture(came);
    });
    return () => {
      wanted = false;
      here?.close(); // its memory is not the page's to collect soon
    };
  }, [original, index]);
  useEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (!context || picture === null) return;
    const scale = SHOWN / Math.max(picture.width, picture.height);
    context.canvas.width = picture.width * scale;
    context.canvas.height = picture.height * scale;
    context.drawImage(picture, 0, 0, context.canvas.width, context.canvas.height);
    const square = (Math.min(picture.width, picture.height) / crop.zoom) * scale;
    const left = crop.x * (picture.width * scale - square);
    const top = crop.y * (picture.height * scale - square);
    context.strokeStyle = "#fff";
    context.lineWidth = 4;
    context.strokeRect(left, top, square, square);
    context.strokeStyle = "#000";
    context.lineWidth = 2;
    context.strokeRect(left, top, square, square);
  }, [picture, crop]);
  const take = (next: Crop) => {
    setShown(next);
    void setCrop(index, next);
  };
  return (
    <section className="pictures-by-hand" aria-label={`Picture ${index + 1}, cropped by hand`}>
      <canvas ref={canvas} />
      <div className="pictures-crop">
        <CropFields crop={crop} onChange={take} />
        <button type="button" onClick={() => void change({ crop })}>
          The same for all
        </button>
      </div>
    </section>
  );
}
