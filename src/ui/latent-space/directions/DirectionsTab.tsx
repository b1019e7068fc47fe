/** Sliders along directions that mean something: which way they are found, what each does, what is held. */
import { useEffect, useMemo, useState } from "react";
import { playground, usePlayground } from "../../../client/use-playground";
import {
  DIRECTION_METHOD_IDS,
  DIRECTION_METHODS,
  type DirectionMethod,
  randomizeBeside,
} from "../../../core/latent-space/directions";
import type { Drawn } from "../../../core/latent-space/studies";
import { sliderRange } from "../../../core/latents";
import { Choice } from "../../latent/Choice";
import { drawLatent } from "../../latent/latent-store";
import { spokenLatent } from "../../latent/latent-text";
import { SavePicture } from "../../take-away/SavePicture";
import { labelled } from "../../take-away/stills";
import type { Look } from "../draw-samples";
import { samplesStill } from "../samples-still";
import { setLatent, useSpaceArm, useSpaceConfig } from "../space-store";
import { useGenerated, useRestingLatent } from "../use-generated";
import { DirectionRow } from "./DirectionRow";
import { findAgain, heldBeside, setMethod, useDirections, watchDirections } from "./directions-store";
import { FRAMES, stripLatents } from "./strips";

/** Shown at first. */
const FIRST = 8;

const METHOD_CHOICES = DIRECTION_METHOD_IDS.map((value): { value: DirectionMethod; text: string } => ({
  value,
  text: DIRECTION_METHODS[value].name,
}));

export function DirectionsTab({ look }: { readonly look: Look }) {
  const arm = useSpaceArm();
  const { latent } = useSpaceConfig();
  const size = usePlayground((state) => state.latent.length);
  const { method, directions, problem, waiting, held, took } = useDirections();
  const [all, setAll] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: latents of another size have other directions
  useEffect(() => watchDirections(arm), [arm, size]);
  const range = sliderRange(latent.prior);
  const shown = useMemo(() => (all ? directions : directions.slice(0, FIRST)), [directions, all]);
  const fitting = shown.every(({ vector }) => vector.length === size) ? shown : [];
  const resting = useRestingLatent();
  const frames = useMemo(
    () => (fitting.length === 0 ? null : stripLatents(resting, fitting, range)),
    [fitting, resting, range],
  );
  const made = useGenerated(arm, frames)?.samples ?? null;
  const info = DIRECTION_METHODS[method];
  const save = (samples: Drawn) => {
    const strips = fitting.map((direction, place) => ({
      still: samplesStill(look, part(samples, place, fitting.length), FRAMES),
      words: `${direction.name ?? `Direction ${place + 1}`}, from ${spokenLatent(-range)} to ${spokenLatent(range)}`,
    }));
    return labelled(strips, "below", look.colors);
  };
  return (
    <section aria-label="Directions" className="space-part">
      <div className="space-row">
        <Choice label="Found by" value={method} choices={METHOD_CHOICES} onChange={setMethod} />
        <button type="button" onClick={findAgain} title="In the order of what they do now, at the present sample">
          Find again
        </button>
        <button
          type="button"
          onClick={() =>
            setLatent(randomizeBeside(playground().store.getState().latent, drawLatent(), heldBeside(null)))
          }
          disabled={held.length === 0}
          title="Draws everything anew but the coordinates that are held"
        >
          Randomise the rest
        </button>
        <button type="button" onClick={() => setLatent(new Float32Array(size))}>
          All to zero
        </button>
        <SavePicture what="the strips" id="directions" make={made === null ? null : () => save(made)} />
      </div>
      <p className="space-note">
        {info.title}
        {info.source === "" ? "" : ` (${info.source})`}. The share beside each name is {info.share}.
        {took === null ? "" : ` Found in ${(took / 1000).toFixed(2)} s.`}
      </p>
      {problem !== null && <p role="alert">{problem}</p>}
      {problem === null && waiting && <p role="status">Looking for directions …</p>}
      <ol className="space-directions">
        {fitting.map((direction, place) => (
          <DirectionRow
            // biome-ignore lint/suspicious/noArrayIndexKey: a slider is its place, whatever direction is found for it
            key={place}
            place={place}
            direction={direction}
            range={range}
            look={look}
            samples={made === null ? null : part(made, place, fitting.length)}
          />
        ))}
      </ol>
      {directions.length > FIRST && (
        <button type="button" className="space-more" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? "Fewer" : `${directions.length - FIRST} more`}
        </button>
      )}
    </section>
  );
}

/** One strip's frames of all that were made. */
function part(samples: Drawn, place: number, strips: number): Drawn {
  const length = samples.length / strips;
  return samples.subarray(place * length, (place + 1) * length);
}
