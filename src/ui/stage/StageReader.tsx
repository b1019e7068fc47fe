/**
 * Reads the stage where one points, with the mouse, a finger or the arrow keys: x and D(x), and the fake whose latent a press
 * takes. Also draws what the latent panel means here: the walk, its pins, the clusters' numbers. One layer over the picture.
 */
import { useComputedColorScheme } from "@mantine/core";
import { dequal } from "dequal/lite";
import {
  type KeyboardEvent,
  type MouseEvent,
  type PointerEvent,
  useCallback,
  useEffect,
  useId,
  useMemo,
  useRef,
} from "react";
import type { LatentState } from "../../client/latents/latent-state";
import { firstConfig } from "../../client/selectors";
import type { ArmView } from "../../client/store";
import { playground, useActions, useLatentActions, usePlayground } from "../../client/use-playground";
import { type ArmId, armLetter } from "../../core/arms";
import { datasetOf } from "../../core/datasets";
import { modelOf } from "../../core/models";
import { wholePlane, windowWith } from "../../core/plane-window";
import { useLabModule } from "../lab/lab-module";
import { padActive } from "../latent/latent-store";
import { useRoleColors } from "../theme/use-role-colors";
import { Canvas, type Paint } from "./Canvas";
import { ARM, ARM_CONFIG } from "./live";
import { PointerTag } from "./PointerTag";
import { rectOf } from "./plot-rect";
import { nearestFake, pointAt } from "./plot-scales";
import { drawStageMarks, type StageMarks } from "./stage-marks";
import { fakeAt, takeFake } from "./take-fake";

/** How near one must point to a fake to take it, CSS pixels. */
const NEAR = { mouse: 10, touch: 24 } as const;
/** A press of an arrow key moves the crosshair by this share of the plot; with Shift five times as far. */
const KEY_STEP = 1 / 60;

const KEYS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

interface Props {
  readonly arm: ArmId;
  readonly dimension: 1 | 2;
  readonly extent: number;
  /** As the picture below is laid out (plot-rect.ts). */
  readonly scaleBeside: boolean;
}

export function StageReader({ arm, dimension, extent, scaleBeside }: Props) {
  const layer = useRef<HTMLDivElement>(null);
  const hint = useId();
  const colors = useRoleColors();
  const scheme = useComputedColorScheme("light");
  const { point } = useLatentActions();
  const { setWindow } = useActions();
  const place = rectOf(dimension, scaleBeside);
  const part = usePlayground((state) => (dimension === 2 ? state.window : null));
  const window = useMemo(() => part ?? wholePlane(extent), [part, extent]);
  const lab = useLabModule();
  useEffect(() => {
    const element = layer.current;
    if (lab === null || element === null || dimension === 1) return undefined;
    return lab.moveWindow(element, { extent, rectOf: place });
  }, [lab, dimension, extent, place]);

  const paint = useCallback<Paint>(
    (context, width, height) => {
      const near = (2 * window.half * NEAR.mouse) / place(width, height).width;
      const marks = { ...marksOf(arm, dimension, near), extent, window };
      drawStageMarks(context, place(width, height), marks, colors, scheme);
    },
    [arm, dimension, extent, window, place, colors, scheme],
  );
  const subscribe = useMemo(() => subscribeToMarks(arm), [arm]);

  const rect = () => place(layer.current?.clientWidth ?? 0, layer.current?.clientHeight ?? 0);
  const under = (event: PointerEvent | MouseEvent) => {
    const box = event.currentTarget.getBoundingClientRect();
    return pointAt(rect(), window, dimension, { x: event.clientX - box.left, y: event.clientY - box.top });
  };
  const view = () => ARM[arm](playground().store.getState());
  /** Where the pointer was lifted: a click tells whole pixels only, and would miss a fake that the tag has just promised. */
  const lifted = useRef<Float32Array | null>(null);
  const press = (event: MouseEvent) => {
    const x = lifted.current ?? under(event);
    lifted.current = null;
    const touch = event.nativeEvent instanceof PointerEvent && event.nativeEvent.pointerType === "touch";
    if (x === null) return;
    point(x);
    take(view(), x, (2 * window.half * (touch ? NEAR.touch : NEAR.mouse)) / rect().width);
  };
  const judged = usePlayground((state) => modelOf(ARM_CONFIG[arm](state)).judge !== null);
  const type = (event: KeyboardEvent) => {
    const start = part === null ? sampleOf(view()) : Float32Array.of(window.x, window.y);
    const now = playground().latents.store.getState().pointer?.x ?? start ?? new Float32Array(dimension);
    const direction = KEYS[event.key];
    if (direction) {
      event.preventDefault();
      const step = 2 * window.half * KEY_STEP * (event.shiftKey ? 5 : 1);
      const moved = Array.from(now.slice(0, dimension), (value, i) => value + step * (direction[i] ?? 0));
      move(moved);
    } else if (event.key === "Enter") {
      event.preventDefault();
      take(view(), now, Number.POSITIVE_INFINITY);
    } else if (event.key === "Escape") point(null);
  };
  /** Moves the crosshair, and what is shown with it where somebody has zoomed. */
  const move = (wanted: readonly number[]) => {
    const shown = part === null ? window : windowWith(window, wanted[0] ?? 0, wanted[1] ?? 0, extent);
    if (!dequal(shown, window)) setWindow(shown);
    const middle = [shown.x, shown.y];
    point(Float32Array.from(wanted, (value, i) => clamp(value - (middle[i] ?? 0), shown.half) + (middle[i] ?? 0)));
  };
  return (
    <div
      ref={layer}
      className="stage-reader"
      data-window={lab === null || dimension === 1 ? undefined : part === null ? "whole" : "part"}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: an application region takes the arrow keys; no role names a crosshair
      tabIndex={0}
      role="application"
      aria-label={`Read the stage${arm === "a" ? "" : `, arm ${armLetter(arm)}`}`}
      aria-describedby={hint}
      onPointerMove={(event) => point(under(event))}
      onPointerLeave={(event) => {
        if (event.pointerType !== "touch") point(null); // a finger that was lifted leaves its reading
      }}
      onPointerUp={(event) => {
        lifted.current = under(event);
      }}
      onClick={press}
      onKeyDown={type}
      onBlur={() => point(null)}
    >
      <Canvas label="Walk, pins and crosshair" subscribe={subscribe} paint={paint} />
      <PointerTag arm={arm} dimension={dimension} window={window} rectOf={place} near={NEAR.mouse} />
      <span id={hint} className="visually-hidden">
        Point at the picture, or move the crosshair with the arrow keys, with Shift farther, to read{" "}
        {judged ? "D" : "the place"} there. Enter, or a press on a fake, moves the latent sliders to the latent of the
        nearest fake. Escape puts the crosshair away.
        {lab !== null && dimension === 2 && " Plus and minus zoom there, zero shows the whole picture."}
      </span>
    </div>
  );
}

const clamp = (value: number, most: number) => Math.min(most, Math.max(-most, value));

/** G's sample at the sliders' point, inside the plot or not; null before there is one. */
function sampleOf(view: ArmView | undefined): Float32Array | null {
  const values = view?.latentSample?.values;
  return values instanceof Float32Array ? values : null;
}

/** Takes the latent of the fake next to x, if one is near enough, data units. */
function take(view: ArmView | undefined, x: ArrayLike<number>, within: number): void {
  const frame = view?.stage?.frame;
  if (view === undefined || frame === undefined || frame.kind === "images") return;
  const index = nearestFake(frame.fakes, frame.kind === "line" ? 1 : 2, x, within);
  if (index >= 0) takeFake(view, index);
}

const MARKED: readonly ((state: LatentState) => unknown)[] = [
  (state) => state.walk,
  (state) => state.pins,
  (state) => state.pointer,
  (state) => state.tint,
];

/** Calls the listener when what the layer draws changes. */
function subscribeToMarks(arm: ArmId): (listener: () => void) => () => void {
  return (listener) => {
    const { store, latents } = playground();
    const stops = [
      latents.store.subscribe((state, before) => {
        if (MARKED.some((part) => part(state) !== part(before))) listener();
      }),
      // The ring round the fake under the crosshair follows its fake.
      store.subscribe((state, before) => {
        if (latents.store.getState().pointer !== null && ARM[arm](state)?.stage !== ARM[arm](before)?.stage) listener();
      }),
      padActive.subscribe(listener),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  };
}

function marksOf(arm: ArmId, dimension: 1 | 2, near: number): Omit<StageMarks, "extent" | "window"> {
  const { store, latents } = playground();
  const view = ARM[arm](store.getState());
  const { walk, pins, pointer, tint } = latents.store.getState();
  const dataset = datasetOf((view?.config ?? firstConfig(store.getState())).dataset);
  const samples = walk?.arms.find((one) => one.arm === arm)?.samples;
  const path = samples instanceof Float32Array && samples.length === (walk?.count ?? 0) * dimension ? samples : null;
  const x = pointer?.x.length === dimension ? pointer.x : null;
  const numbered = padActive.getState().active && tint === "place" && dataset.kind === "points";
  return {
    dimension,
    walk: path,
    pins: [pins.a === null ? null : ("A" as const), pins.b === null ? null : ("B" as const)].filter(
      (name) => name !== null,
    ),
    modes: numbered ? (dataset.modes ?? null) : null,
    pointer: x,
    fake: x === null ? null : fakeAt(view, dimension, x, near),
  };
}
