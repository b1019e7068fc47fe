/** A picture to paint on, pixel by pixel, by pointer or by keyboard: ink, or what of it is not to be looked at. */
import { useCallback, useRef, useState } from "react";
import type { ImageDataset } from "../../../core/datasets";
import type { Drawn } from "../../../core/latent-space/studies";
import { Canvas, type Paint } from "../../stage/Canvas";
import { drawSample, type Look } from "../draw-samples";

interface Props {
  readonly label: string;
  readonly look: Look;
  readonly dataset: ImageDataset;
  readonly picture: Drawn | null;
  readonly mask: Float32Array | null;
  /** A touch of the brush, in pixels of the data. */
  readonly onTouch: (x: number, y: number) => void;
}

const KEYS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

const never = () => () => {};

export function PixelPad({ label, look, dataset, picture, mask, onTouch }: Props) {
  const [height, width] = dataset.shape;
  const [at, setAt] = useState<readonly [number, number] | null>(null);
  const painting = useRef(false);
  const { colors } = look;
  const paint = useCallback<Paint>(
    (context, w, h) => {
      if (picture !== null) drawSample(context, look, picture, 0, { x: 0, y: 0, width: w, height: h });
      const [cellWidth, cellHeight] = [w / width, h / height];
      context.fillStyle = colors.surface;
      context.strokeStyle = colors.axis;
      for (let i = 0; i < (mask?.length ?? 0); i++) {
        if ((mask?.[i] ?? 1) > 0.5) continue;
        const [x, y] = [(i % width) * cellWidth, Math.floor(i / width) * cellHeight];
        context.fillRect(x, y, cellWidth + 0.5, cellHeight + 0.5);
        context.beginPath();
        context.moveTo(x, y + cellHeight);
        context.lineTo(x + cellWidth, y);
        context.stroke();
      }
      if (at === null) return;
      context.strokeStyle = colors.generator;
      context.lineWidth = 2;
      context.strokeRect(at[0] * cellWidth, at[1] * cellHeight, cellWidth, cellHeight);
      context.lineWidth = 1;
    },
    [look, picture, mask, at, width, height, colors],
  );
  const touch = (event: React.PointerEvent<HTMLElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    onTouch(((event.clientX - box.left) / box.width) * width, ((event.clientY - box.top) / box.height) * height);
  };
  return (
    <div
      className="space-picture space-pad"
      role="application"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: an application takes the keyboard
      tabIndex={0}
      aria-label={`${label}. Arrow keys move the brush, Space uses it.`}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        painting.current = true;
        setAt(null);
        touch(event);
      }}
      onPointerMove={(event) => painting.current && touch(event)}
      onPointerUp={() => {
        painting.current = false;
      }}
      onPointerCancel={() => {
        painting.current = false;
      }}
      onBlur={() => setAt(null)}
      onKeyDown={(event) => {
        const step = KEYS[event.key];
        const [x, y] = at ?? [Math.floor(width / 2), Math.floor(height / 2)];
        if (step !== undefined) {
          setAt([Math.min(width - 1, Math.max(0, x + step[0])), Math.min(height - 1, Math.max(0, y + step[1]))]);
        } else if (event.key === " ") {
          setAt([x, y]);
          onTouch(x + 0.5, y + 0.5);
        } else return;
        event.preventDefault();
        event.stopPropagation();
      }}
    >
      <Canvas label={label} subscribe={never} paint={paint} />
    </div>
  );
}
