/** A plane through latent space as a map of samples: spanned by three pins or by two directions; drag it, zoom it, press a sample. */
import { IconArrowDown, IconArrowLeft, IconArrowRight, IconArrowUp, IconMinus, IconPlus } from "@tabler/icons-react";
import { type PointerEvent, useMemo, useRef, useState } from "react";
import { usePlayground } from "../../../client/use-playground";
import { type PlaneWindow, planeGrid } from "../../../core/latent-space/walks";
import { Choice } from "../../latent/Choice";
import { LATENT } from "../../latent/latent-store";
import { SavePicture } from "../../take-away/SavePicture";
import { useDirections } from "../directions/directions-store";
import type { Look } from "../draw-samples";
import { SampleGrid } from "../SampleGrid";
import { samplesStill } from "../samples-still";
import { setLatent, useSpaceArm } from "../space-store";
import { useGenerated } from "../use-generated";
import { type Span, useAxes, usePlane } from "./plane";

const SIDE = 7;
/** Pixels that a press may move and still be one. */
const STILL = 6;

const SPANS: readonly { readonly value: Span; readonly text: string }[] = [
  { value: "directions", text: "two directions" },
  { value: "pins", text: "the first three pins" },
];

const FIRST_WINDOWS = {
  pins: { u: 0.5, v: 0.5, reach: 0.75 },
  directions: { u: 0, v: 0, reach: 2.5 },
} as const satisfies Record<Span, PlaneWindow>;

export function PlanePart({ look }: { readonly look: Look }) {
  const arm = useSpaceArm();
  const [span, setSpan] = useState<Span>("directions");
  const [view, setView] = useState<PlaneWindow>(FIRST_WINDOWS.directions);
  const plane = usePlane(span);
  const latents = useMemo(() => (plane === null ? null : planeGrid(plane, view, SIDE)), [plane, view]);
  const samples = useGenerated(arm, latents)?.samples ?? null;
  const latent = usePlayground(LATENT);
  const size = latent.length;
  const isPicked = (i: number) => latents !== null && latent.every((value, k) => latents[i * size + k] === value);
  const pan = (du: number, dv: number) =>
    setView(({ u, v, reach }) => ({ u: u + du * reach, v: v + dv * reach, reach }));
  const step = 2 / SIDE;
  const grip = useGrip(pan);
  return (
    <section aria-labelledby="space-plane" className="space-part">
      <h3 id="space-plane">Plane</h3>
      <div className="space-row">
        <Choice
          label="Spanned by"
          value={span}
          choices={SPANS}
          onChange={(next) => {
            setSpan(next);
            setView(FIRST_WINDOWS[next]);
          }}
        />
        {span === "directions" && <DirectionChoices />}
      </div>
      {plane === null ? (
        <p className="space-note">
          {span === "pins" ? "Pin three latents: the plane goes through them." : "Looking for directions …"}
        </p>
      ) : (
        <div className="space-plane">
          <div
            className="space-plane-map"
            {...grip}
            onKeyDownCapture={(event) => {
              const way = event.shiftKey ? PAN_KEYS[event.key] : undefined;
              if (way === undefined) return;
              event.preventDefault();
              event.stopPropagation();
              pan(step * way[0], step * way[1]);
            }}
          >
            <SampleGrid
              label={`Samples of a plane through latent space, ${SIDE} by ${SIDE}`}
              look={look}
              samples={samples}
              count={SIDE * SIDE}
              columns={SIDE}
              gap={1}
              onPick={(i) => latents !== null && setLatent(latents.subarray(i * size, (i + 1) * size))}
              nameOf={(i) => `Take the sample in row ${Math.floor(i / SIDE) + 1}, column ${(i % SIDE) + 1}`}
              isPicked={isPicked}
            />
          </div>
          <fieldset className="space-plane-buttons">
            <legend className="visually-hidden">Move over the plane</legend>
            {PANS.map(({ name, Icon, way }) => (
              <button
                key={name}
                type="button"
                aria-label={name}
                title={name}
                onClick={() => pan(step * way[0], step * way[1])}
              >
                <Icon size={15} aria-hidden="true" />
              </button>
            ))}
            <button
              type="button"
              aria-label="Closer"
              title="Closer"
              onClick={() => setView({ ...view, reach: Math.max(0.05, view.reach / 1.4) })}
            >
              <IconPlus size={15} aria-hidden="true" />
            </button>
            <button
              type="button"
              aria-label="Farther"
              title="Farther"
              onClick={() => setView({ ...view, reach: Math.min(20, view.reach * 1.4) })}
            >
              <IconMinus size={15} aria-hidden="true" />
            </button>
          </fieldset>
        </div>
      )}
      <div className="space-row">
        <SavePicture
          what="the plane"
          id="plane"
          make={samples === null ? null : () => samplesStill(look, samples, SIDE)}
        />
      </div>
      <p className="space-note">
        Drag the plane, or hold Shift with the arrow keys, to move over it; press a sample to take its latent.
      </p>
    </section>
  );
}

const PANS = [
  { name: "Left", Icon: IconArrowLeft, way: [-1, 0] },
  { name: "Right", Icon: IconArrowRight, way: [1, 0] },
  { name: "Up", Icon: IconArrowUp, way: [0, 1] },
  { name: "Down", Icon: IconArrowDown, way: [0, -1] },
] as const;
const PAN_KEYS: Readonly<Record<string, readonly [number, number]>> = Object.fromEntries(
  PANS.map(({ name, way }) => [`Arrow${name}`, way]),
);

function DirectionChoices() {
  const chosen = useAxes();
  const directions = useDirections((state) => state.directions);
  const choices = directions.map(({ name }, value) => ({ value, text: name ?? `direction ${value + 1}` }));
  if (choices.length < 2) return null;
  return (
    <>
      <Choice
        label="Across"
        value={chosen.across}
        choices={choices}
        onChange={(across) => useAxes.setState({ across })}
      />
      <Choice label="Up" value={chosen.up} choices={choices} onChange={(up) => useAxes.setState({ up })} />
    </>
  );
}

/** Dragging with the pointer; a drag is no press on what it began on. */
function useGrip(pan: (du: number, dv: number) => void) {
  const grip = useRef<{ x: number; y: number; moved: boolean } | null>(null);
  return {
    onPointerDown(event: PointerEvent<HTMLElement>) {
      grip.current = { x: event.clientX, y: event.clientY, moved: false };
    },
    onPointerMove(event: PointerEvent<HTMLElement>) {
      const from = grip.current;
      if (from === null) return;
      const [dx, dy] = [event.clientX - from.x, event.clientY - from.y];
      if (!from.moved && Math.hypot(dx, dy) < STILL) return;
      if (!from.moved) event.currentTarget.setPointerCapture(event.pointerId);
      const { width } = event.currentTarget.getBoundingClientRect();
      pan((-2 * dx) / width, (2 * dy) / width);
      grip.current = { x: event.clientX, y: event.clientY, moved: true };
    },
    onPointerUp() {
      setTimeout(() => {
        grip.current = null; // after the click that a press ends in
      });
    },
    onPointerCancel() {
      grip.current = null;
    },
    onClickCapture(event: React.MouseEvent) {
      if (grip.current?.moved === true) event.stopPropagation();
    },
  };
}
