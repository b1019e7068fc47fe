/** A two-dimensional latent as a map: drag the point, or move it with the arrow keys. The sliders say the same in numbers. */
import { type KeyboardEvent, type PointerEvent, useId } from "react";
import { usePlayground } from "../../client/use-playground";
import type { LatentPrior } from "../../core/config";
import { LATENT, useMoveLatent } from "./latent-store";
import type { Pins } from "./pins";

const SIZE = 120;

interface Props {
  readonly range: number;
  readonly prior: LatentPrior;
  readonly pins: Pins;
}

const KEYS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

export function LatentPad({ range, prior, pins }: Props) {
  const latent = usePlayground(LATENT);
  const move = useMoveLatent();
  const hint = useId();
  const clamp = (value: number) => Math.min(range, Math.max(-range, value));
  const place = (value: number) => ((clamp(value) + range) / (2 * range)) * SIZE;
  const at = (z: ArrayLike<number>) => ({ x: place(z[0] ?? 0), y: SIZE - place(z[1] ?? 0) });
  const drag = (event: PointerEvent<SVGSVGElement>) => {
    if (event.type === "pointerdown") event.currentTarget.setPointerCapture(event.pointerId);
    else if (event.buttons === 0) return;
    const box = event.currentTarget.getBoundingClientRect();
    move([
      [0, clamp((((event.clientX - box.left) / box.width) * 2 - 1) * range)],
      [1, clamp((1 - ((event.clientY - box.top) / box.height) * 2) * range)],
    ]);
  };
  const press = (event: KeyboardEvent) => {
    const way = KEYS[event.key];
    if (!way) return;
    event.preventDefault();
    const step = event.shiftKey ? range / 10 : range / 50;
    move([
      [0, clamp((latent[0] ?? 0) + way[0] * step)],
      [1, clamp((latent[1] ?? 0) + way[1] * step)],
    ]);
  };
  const { x, y } = at(latent);
  return (
    <>
      <svg
        className="latent-pad"
        viewBox={`0 0 ${SIZE} ${SIZE}`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: an application region takes the arrow keys; no role names two axes
        tabIndex={0}
        role="application"
        aria-label="Latent pad"
        aria-describedby={hint}
        onPointerDown={drag}
        onPointerMove={drag}
        onKeyDown={press}
      >
        {prior === "normal" &&
          [1, 2].map((sigma) => (
            <circle
              key={sigma}
              cx={SIZE / 2}
              cy={SIZE / 2}
              r={(sigma / range) * (SIZE / 2)}
              className="latent-pad-ring"
            />
          ))}
        <path d={`M0 ${SIZE / 2}H${SIZE}M${SIZE / 2} 0V${SIZE}`} className="latent-pad-axis" />
        {(["a", "b"] as const).map((name) => {
          const pin = pins[name];
          if (pin === null) return null;
          const spot = at(pin);
          return (
            <text key={name} x={spot.x} y={spot.y} className="latent-pad-pin">
              {name.toUpperCase()}
            </text>
          );
        })}
        <circle cx={x} cy={y} r="6.5" className="latent-pad-point" />
        <circle cx={x} cy={y} r="2.5" fill="var(--color-generator)" />
      </svg>
      <span id={hint} className="visually-hidden">
        Drag the point, or use the arrow keys: left and right move latent 1, up and down latent 2; with Shift farther.
      </span>
    </>
  );
}
