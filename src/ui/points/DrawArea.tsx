/** The square in which points are drawn, by pointer or by keyboard. What a tool does is the caller's. */
import { useCallback, useRef, useState } from "react";
import { POINTS_REACH } from "../../core/datasets/own/points";
import { Canvas, type Paint } from "../stage/Canvas";
import { useRoleColors } from "../theme/use-role-colors";
import { type Cloud, type Place, within } from "./tools";

interface Props {
  readonly cloud: Cloud;
  /** Radius of the tool, data units; drawn around the place where it is. */
  readonly radius: number;
  /** A touch of the tool, or another as it moves on. */
  readonly onTouch: (place: Place) => void;
  /** A stroke begins: what one undoes at once. */
  readonly onStroke: () => void;
  readonly onPlace: (place: Place) => void;
}

/** Half of the shown square, data units: the points' reach and a margin. */
const SHOWN = 1.05 * POINTS_REACH;
/** A key moves the tool so far, data units. */
const KEY_STEP = 0.2;

const KEYS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

const never = () => () => {};

export function DrawArea({ cloud, radius, onTouch, onStroke, onPlace }: Props) {
  const [at, setAt] = useState<Place>({ x: 0, y: 0 });
  const drawing = useRef(false);
  const { real, ink, line } = useRoleColors();
  const paint = useCallback<Paint>(
    (context, width, height) => {
      const scale = width / (2 * SHOWN);
      const [cx, cy] = [width / 2, height / 2];
      context.strokeStyle = line;
      context.beginPath();
      context.moveTo(cx, 0);
      context.lineTo(cx, height);
      context.moveTo(0, cy);
      context.lineTo(width, cy);
      context.stroke();
      context.fillStyle = real;
      for (const [x, y] of cloud) context.fillRect(cx + x * scale - 1.5, cy - y * scale - 1.5, 3, 3);
      context.strokeStyle = ink;
      context.beginPath();
      context.arc(cx + at.x * scale, cy - at.y * scale, radius * scale, 0, 2 * Math.PI);
      context.stroke();
    },
    [cloud, at, radius, real, ink, line],
  );
  const go = (place: Place) => {
    setAt(place);
    onPlace(place);
  };
  const placeOf = (event: React.PointerEvent<HTMLElement>): Place => {
    const { left, top, width, height } = event.currentTarget.getBoundingClientRect();
    return {
      x: within(((event.clientX - left) / width - 0.5) * 2 * SHOWN),
      y: within((0.5 - (event.clientY - top) / height) * 2 * SHOWN),
    };
  };
  return (
    <div
      className="points-area"
      role="application"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: an application takes the keyboard
      tabIndex={0}
      aria-label="Drawing area. Arrow keys move the tool, Space uses it."
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        drawing.current = true;
        onStroke();
        const place = placeOf(event);
        go(place);
        onTouch(place);
      }}
      onPointerMove={(event) => {
        const place = placeOf(event);
        go(place);
        if (drawing.current) onTouch(place);
      }}
      onPointerUp={() => {
        drawing.current = false;
      }}
      onPointerCancel={() => {
        drawing.current = false;
      }}
      onKeyDown={(event) => {
        const step = KEYS[event.key];
        if (step !== undefined) go({ x: within(at.x + KEY_STEP * step[0]), y: within(at.y + KEY_STEP * step[1]) });
        else if (event.key === " ") {
          if (!event.repeat) onStroke();
          onTouch(at);
        } else return;
        event.preventDefault();
        event.stopPropagation();
      }}
    >
      <Canvas label={`${cloud.length} points`} subscribe={never} paint={paint} />
    </div>
  );
}
