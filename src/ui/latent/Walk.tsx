/** The walk between two pinned latents: pins, the way between them, Play, and for images the film strip. */
import { ActionIcon, Button } from "@mantine/core";
import { IconArrowsExchange, IconPlayerPauseFilled, IconPlayerPlayFilled, IconX } from "@tabler/icons-react";
import { useMemo } from "react";
import { type LatentState, type PinName, SECONDS_CHOICES, STEP_CHOICES } from "../../client/latents/latent-state";
import { playground, useLatentActions, useLatents, usePlayground } from "../../client/use-playground";
import { placeOnWalk, WALK_WAYS, type WalkWay } from "../../core/walk";
import { Reading } from "../theme/Reading";
import { Choice } from "./Choice";
import { FilmStrip } from "./FilmStrip";
import { LATENT, useUsualWay, useWay } from "./latent-store";
import { RangeSlider } from "./RangeSlider";
import { usePlay } from "./use-play";

const PINS = (state: LatentState) => state.pins;

const WAY_NAMES: Readonly<Record<WalkWay, string>> = { lerp: "straight (lerp)", slerp: "on the sphere (slerp)" };

export function Walk({ images }: { readonly images: boolean }) {
  const { a, b } = useLatents(PINS);
  const both = a !== null && b !== null;
  return (
    <section aria-label="Walk between two latents" className="walk">
      <div className="walk-line">
        <Pin name="a" pinned={a !== null} />
        {both ? <Between a={a} b={b} /> : <p className="walk-hint">{hint(a !== null, b !== null)}</p>}
        <Pin name="b" pinned={b !== null} />
      </div>
      {both && <Controls images={images} />}
      {images && (a !== null || b !== null) && <FilmStrip />}
    </section>
  );
}

function hint(a: boolean, b: boolean): string {
  if (a === b) return "Pin two latents, A and B, to walk from one to the other.";
  return `Move the latent, then pin it as ${a ? "B" : "A"}.`;
}

function Pin({ name, pinned }: { readonly name: PinName; readonly pinned: boolean }) {
  const { pin, unpin } = useLatentActions();
  const letter = name.toUpperCase();
  return (
    <div className="walk-pin">
      <Button
        size="compact-xs"
        variant={pinned ? "light" : "default"}
        className="latent-button"
        title={pinned ? `Move pin ${letter} to the latent of now` : `Remember the latent of now as ${letter}`}
        onClick={() => pin(name)}
      >
        Pin {letter}
      </Button>
      {/* Always there, so that pinning moves nothing. */}
      <ActionIcon
        size="sm"
        variant="subtle"
        color="gray"
        className="walk-unpin"
        aria-label={`Unpin ${letter}`}
        style={{ visibility: pinned ? "visible" : "hidden" }}
        onClick={() => unpin(name)}
      >
        <IconX size={13} aria-hidden />
      </ActionIcon>
    </div>
  );
}

/** Where z is on the walk: nearest place, and whether it is on it at all. */
function usePlace(a: Float32Array, b: Float32Array) {
  const latent = usePlayground(LATENT);
  const way = useWay();
  return useMemo(() => placeOnWalk(a, b, latent, way), [a, b, latent, way]);
}

function Between({ a, b }: { readonly a: Float32Array; readonly b: Float32Array }) {
  const { share, on } = usePlace(a, b);
  const { walkTo } = useLatentActions();
  const percent = Math.round(share * 100);
  const text = on ? `${percent} % of the way to B` : `off the walk, nearest ${percent} %`;
  return (
    <div className="walk-between">
      <RangeSlider
        name="Between A and B"
        value={Math.round(share * 100) / 100}
        min={0}
        max={1}
        step={0.01}
        origin={0}
        certain={on}
        valueText={on ? text : `z is off the walk; its nearest point is ${percent} % of the way to B`}
        onChange={walkTo}
      />
      <p className="walk-place">
        <Reading width={24}>{on ? text : `z is ${text}`}</Reading>
      </p>
    </div>
  );
}

function Controls({ images }: { readonly images: boolean }) {
  const { a, b } = useLatents(PINS);
  const way = useWay();
  const usual = useUsualWay();
  const steps = useLatents((state) => state.steps);
  const seconds = useLatents((state) => state.seconds);
  const { swap, setWay, setSteps, setSeconds } = useLatentActions();
  // Asked when Play is pressed: these controls need not render again whenever the latent moves.
  const share = () =>
    a !== null && b !== null ? placeOnWalk(a, b, playground().store.getState().latent, way).share : 0;
  const { playing, toggle } = usePlay(share, seconds, steps, a !== null && b !== null);
  return (
    <div className="walk-controls">
      <Button
        size="compact-xs"
        variant="default"
        className="latent-button walk-play"
        leftSection={
          playing ? <IconPlayerPauseFilled size={12} aria-hidden /> : <IconPlayerPlayFilled size={12} aria-hidden />
        }
        aria-pressed={playing}
        onClick={toggle}
      >
        {playing ? "Stop walk" : "Play walk"}
      </Button>
      <Choice
        label="Pace"
        value={seconds}
        choices={SECONDS_CHOICES.map((value) => ({ value, text: `${value} s` }))}
        onChange={setSeconds}
      />
      <Choice
        label="Way"
        value={way}
        choices={WALK_WAYS.map((value) => ({
          value,
          text: value === usual ? `${WAY_NAMES[value]}, usual` : WAY_NAMES[value],
        }))}
        onChange={setWay}
      />
      {images && (
        <Choice
          label="Steps"
          value={steps}
          choices={STEP_CHOICES.map((value) => ({ value, text: String(value) }))}
          onChange={setSteps}
        />
      )}
      <Button
        size="compact-xs"
        variant="default"
        className="latent-button"
        leftSection={<IconArrowsExchange size={14} aria-hidden />}
        aria-label="Swap A and B"
        onClick={swap}
      >
        Swap
      </Button>
    </div>
  );
}
