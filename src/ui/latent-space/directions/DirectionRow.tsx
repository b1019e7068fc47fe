/** One direction: its slider, the same number to type, a lock, and a strip of what it does to the present sample. */
import { IconLock, IconLockOpen } from "@tabler/icons-react";
import { memo } from "react";
import { playground, usePlayground } from "../../../client/use-playground";
import { coordinateOf, type Direction, moveAlong } from "../../../core/latent-space/directions";
import type { Drawn } from "../../../core/latent-space/studies";
import { LatentNumber } from "../../latent/LatentNumber";
import { spokenLatent } from "../../latent/latent-text";
import { RangeSlider } from "../../latent/RangeSlider";
import { Reading } from "../../theme/Reading";
import type { Look } from "../draw-samples";
import { SampleGrid } from "../SampleGrid";
import { slideLatent } from "../space-store";
import { heldBeside, toggleHeld, useDirections } from "./directions-store";
import { FRAMES, frameValue } from "./strips";

interface Props {
  readonly place: number;
  readonly direction: Direction;
  readonly range: number;
  readonly look: Look;
  /** Of its frames; null until they come. */
  readonly samples: Drawn | null;
}

export const DirectionRow = memo(function DirectionRow({ place, direction, range, look, samples }: Props) {
  const value = usePlayground((state) => coordinateOf(state.latent, direction));
  const held = useDirections((state) => state.held.includes(place));
  const name = direction.name ?? `Direction ${place + 1}`;
  const go = (to: number) =>
    slideLatent(moveAlong(playground().store.getState().latent, direction, to, heldBeside(place)));
  return (
    <li className="space-direction">
      <div className="space-direction-head">
        <span className="space-direction-name">{name}</span>
        <span className="space-note">
          <Reading width={5} align="end">
            {Number.isFinite(direction.share) ? `${percent(direction.share)} %` : ""}
          </Reading>
        </span>
        <button
          type="button"
          className="space-lock"
          aria-pressed={held}
          aria-label={`Hold ${name}`}
          title={held ? "Held: other sliders and dice leave it" : "Hold it while others move"}
          onClick={() => toggleHeld(place)}
        >
          {held ? <IconLock size={14} aria-hidden="true" /> : <IconLockOpen size={14} aria-hidden="true" />}
        </button>
      </div>
      <div className="space-direction-slider">
        <RangeSlider
          name={name}
          value={value}
          min={-range}
          max={range}
          step={range / 100}
          origin={0}
          valueText={spokenLatent(value)}
          onChange={go}
        />
        <LatentNumber name={name} value={value} range={range} onChange={go} />
      </div>
      <SampleGrid
        label={`What ${name} does to the present sample, from ${spokenLatent(-range)} to ${spokenLatent(range)}`}
        look={look}
        samples={samples}
        count={FRAMES}
        columns={FRAMES}
        gap={2}
        pointerOnly
        onPick={(i) => go(frameValue(i, range))}
      />
    </li>
  );
});

const percent = (share: number) => (share < 0.0995 ? (100 * share).toFixed(1) : (100 * share).toFixed(0));
