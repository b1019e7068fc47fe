/** Two dimensions of the latent as a map: drag the point, or move it with the arrow keys. The sliders say the same in numbers. */
import { useComputedColorScheme } from "@mantine/core";
import { type KeyboardEvent, type PointerEvent, useEffect, useId, useMemo } from "react";
import type { LatentState } from "../../client/latents/latent-state";
import { useLatentActions, useLatents, usePlayground } from "../../client/use-playground";
import type { ArmId } from "../../core/arms";
import type { LatentPrior } from "../../core/config";
import { walkLatents } from "../../core/walk";
import { LATENT, useMoveLatent, usePadActive, useWay } from "./latent-store";
import { MapCanvas } from "./MapCanvas";

/** The drawing's own units; it is shown as large as its place allows. */
const SIZE = 240;
/** Corners of the walk's line: an arc of a circle looks round with these. */
const WALK_CORNERS = 33;

interface Props {
  readonly range: number;
  readonly prior: LatentPrior;
  /** Whose map is drawn. */
  readonly arm: ArmId;
}

const KEYS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

const PINS = (state: LatentState) => state.pins;
const PLANE = (state: LatentState) => state.plane;

/** Place of a latent number along a side of the drawing; what is beyond an end sits at the end. */
const along = (value: number | undefined, range: number) =>
  ((Math.min(range, Math.max(-range, value ?? 0)) + range) / (2 * range)) * SIZE;

export function LatentPad({ range, prior, arm }: Props) {
  const latent = usePlayground(LATENT);
  const pins = useLatents(PINS);
  const [across, up] = useLatents(PLANE);
  const way = useWay();
  const { watchMap } = useLatentActions();
  const scheme = useComputedColorScheme("light");
  const move = useMoveLatent();
  const active = usePadActive();
  const hint = useId();
  useEffect(watchMap, [watchMap]);
  const clamp = (value: number) => Math.min(range, Math.max(-range, value));
  const at = (z: ArrayLike<number>) => ({ x: along(z[across], range), y: SIZE - along(z[up], range) });
  const drag = (event: PointerEvent<HTMLDivElement>) => {
    if (event.type === "pointerdown") event.currentTarget.setPointerCapture(event.pointerId);
    else if (event.buttons === 0) return;
    const box = event.currentTarget.getBoundingClientRect();
    move([
      [across, clamp((((event.clientX - box.left) / box.width) * 2 - 1) * range)],
      [up, clamp((1 - ((event.clientY - box.top) / box.height) * 2) * range)],
    ]);
  };
  const press = (event: KeyboardEvent) => {
    const direction = KEYS[event.key];
    if (!direction) return;
    event.preventDefault();
    const step = event.shiftKey ? range / 10 : range / 50;
    move([
      [across, clamp((latent[across] ?? 0) + direction[0] * step)],
      [up, clamp((latent[up] ?? 0) + direction[1] * step)],
    ]);
  };
  const path = useMemo(() => {
    if (pins.a === null || pins.b === null) return null;
    const size = pins.a.length;
    const points = walkLatents(pins.a, pins.b, WALK_CORNERS, way);
    return Array.from({ length: WALK_CORNERS }, (_, i) => {
      const x = along(points[i * size + across], range);
      const y = SIZE - along(points[i * size + up], range);
      return `${x.toFixed(1)} ${y.toFixed(1)}`;
    }).join("L");
  }, [pins, way, across, up, range]);
  const { x, y } = at(latent);
  return (
    <div
      className="latent-pad"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: an application region takes the arrow keys; no role names two axes
      tabIndex={0}
      role="application"
      aria-label="Latent pad"
      aria-describedby={hint}
      onPointerDown={drag}
      onPointerMove={drag}
      onKeyDown={press}
      {...active}
    >
      <MapCanvas arm={arm} scheme={scheme} />
      <svg className="latent-pad-marks" viewBox={`0 0 ${SIZE} ${SIZE}`} aria-hidden="true">
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
        <text x={SIZE - 5} y={SIZE / 2 - 5} className="latent-pad-name" textAnchor="end">
          z<tspan className="latent-pad-sub">{across + 1}</tspan>
        </text>
        <text x={SIZE / 2 + 5} y="13" className="latent-pad-name">
          z<tspan className="latent-pad-sub">{up + 1}</tspan>
        </text>
        {path !== null && (
          <>
            <path d={`M${path}`} className="latent-pad-walk-case" />
            <path d={`M${path}`} className="latent-pad-walk" />
          </>
        )}
        {(["a", "b"] as const).map((name) => {
          const pin = pins[name];
          if (pin === null) return null;
          const spot = at(pin);
          return (
            <g key={name} transform={`translate(${spot.x} ${spot.y})`} className="latent-pad-pin">
              <circle r="3" className="latent-pad-pin-spot" />
              {/* Beside its spot: what is under it stays in view. */}
              <g transform={`translate(${spot.x > SIZE - 24 ? -13 : 13} ${spot.y < 24 ? 13 : -13})`}>
                <circle r="8.5" />
                <text>{name.toUpperCase()}</text>
              </g>
            </g>
          );
        })}
        <circle cx={x} cy={y} r="7.5" className="latent-pad-point-case" />
        <circle cx={x} cy={y} r="6.5" className="latent-pad-point" />
        <circle cx={x} cy={y} r="2" fill="var(--color-generator)" />
      </svg>
      <span id={hint} className="visually-hidden">
        Drag the point, or use the arrow keys: left and right move latent {across + 1}, up and down latent {up + 1},
        with Shift farther.
      </span>
    </div>
  );
}
