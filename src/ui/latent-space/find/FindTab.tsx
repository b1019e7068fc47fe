/** Finds the latent of a picture: G is held still, and z moves until its sample looks like the picture. */
import { useEffect, useMemo } from "react";
import { usePlayground } from "../../../client/use-playground";
import type { ArmId } from "../../../core/arms";
import { formatNumber } from "../../../core/format";
import type { Drawn } from "../../../core/latent-space/studies";
import { SavePicture } from "../../take-away/SavePicture";
import { labelled } from "../../take-away/stills";
import { type Look, sampleCount } from "../draw-samples";
import { Neighbours } from "../Neighbours";
import { SampleGrid } from "../SampleGrid";
import { PART_SIDE, samplesStill } from "../samples-still";
import { setLatent, useSpaceArm } from "../space-store";
import { cancelSearch, type Found, GUESSES, setTarget, startSearch, useFind } from "./find-store";
import { TargetPart } from "./TargetPart";

export function FindTab({ look }: { readonly look: Look }) {
  const arm = useSpaceArm();
  const { target, found, running, problem } = useFind();
  const size = usePlayground((state) => state.latent.length);
  const range = look.dataset.kind === "images" ? look.dataset.valueRange[1] - look.dataset.valueRange[0] : 1;
  const fits = target === null || sampleCount(look, target) === 1;
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was found in another latent space is nothing here
  useEffect(() => {
    if (!fits) setTarget({ target: null, mask: null, blur: 0 });
    return cancelSearch;
  }, [arm, size, fits]);
  return (
    <section aria-label="Find" className="space-part">
      <p className="space-note">
        Where in latent space is a picture? G is held still, and z moves by Adam until G(z) looks like it: from the
        present latent and seven random ones, 300 updates (Creswell and Bharath 2019).
      </p>
      <TargetPart look={look} />
      <div className="space-row">
        {running ? (
          <button type="button" onClick={cancelSearch}>
            Cancel
          </button>
        ) : (
          <button
            type="button"
            className="sheet-form-main"
            disabled={target === null || !fits}
            onClick={() => void startSearch(arm, range)}
          >
            Find its latent
          </button>
        )}
        {running && (
          <>
            <progress value={found?.step ?? 0} max={found?.steps ?? 1} aria-label="Updates of the search" />
            <span className="number">
              {found?.step ?? 0} of {found?.steps ?? 300}
            </span>
          </>
        )}
      </div>
      {problem !== null && <p role="alert">{problem}</p>}
      {found !== null && target !== null && fits && (
        <Result arm={arm} look={look} target={target} found={found} range={range} />
      )}
    </section>
  );
}

interface ResultProps {
  readonly arm: ArmId;
  readonly look: Look;
  readonly target: Drawn;
  readonly found: Found;
  /** From the data's darkest to its brightest; 1 for points. */
  readonly range: number;
}

function Result({ arm, look, target, found, range }: ResultProps) {
  const { guessed, running } = useFind();
  const { samples, errors, best, latents } = found;
  const starts = errors.length;
  const images = look.dataset.kind === "images";
  const made = useMemo(() => part(samples, best, starts), [samples, best, starts]);
  const error = errors[best] ?? Number.NaN;
  const words = (mse: number) =>
    images ? `${((100 * Math.sqrt(mse)) / range).toFixed(1)} %` : formatNumber(Math.sqrt(mse), 3);
  const take = (i: number) => setLatent(part(latents, i, starts));
  const save = () =>
    labelled(
      [
        { still: samplesStill(look, target, 1, PART_SIDE), words: "Wanted" },
        {
          still: samplesStill(look, made, 1, PART_SIDE),
          words: `Found: G(z), off by ${words(error)}${images ? " of the range of brightness" : ""}`,
        },
      ],
      "beside",
      look.colors,
    );
  return (
    <div className="space-part">
      <div className="space-found">
        <figure>
          <SampleGrid label="The picture that was looked for" look={look} samples={target} count={1} columns={1} />
          <figcaption>Wanted</figcaption>
        </figure>
        <figure>
          <SampleGrid
            label="What G makes of the latent that was found"
            look={look}
            samples={made}
            count={1}
            columns={1}
          />
          <figcaption>Found: G(z)</figcaption>
        </figure>
        <div className="space-part">
          <p role="status" aria-label="Error" className="number">
            Off by <strong>{words(error)}</strong>{" "}
            {images ? "of the range of brightness, where it counts" : "data units"}: the root of the mean squared
            difference, which is {formatNumber(error, 3)}.
          </p>
          {guessed !== null && (
            <p>
              The best of {GUESSES.toLocaleString("en")} random latents is off by {words(guessed)}: the search has{" "}
              {((100 * error) / guessed).toFixed(0)} % of its mean squared error.
            </p>
          )}
          <div className="space-row">
            <button type="button" disabled={running} onClick={() => take(best)}>
              Take this latent
            </button>
            <SavePicture what="the result" id="found" make={running ? null : save} />
          </div>
        </div>
      </div>
      <p>All starts, each where it has come to; the best one is marked.</p>
      <div className="space-starts">
        <SampleGrid
          label={`The samples of all ${starts} starts`}
          look={look}
          samples={samples}
          count={starts}
          columns={starts}
          onPick={take}
          nameOf={(i) => `Take the latent of start ${i + 1}, off by ${words(errors[i] ?? Number.NaN)}`}
          isPicked={(i) => i === best}
        />
      </div>
      {images && !running && (
        <>
          <h3>The training images nearest to the picture</h3>
          <Neighbours arm={arm} look={look} sample={target} what="The picture" />
          <h3>The training images nearest to what was found</h3>
          <Neighbours arm={arm} look={look} sample={made} what="What was found" />
        </>
      )}
    </div>
  );
}

/** The i-th of so many equal parts. */
function part<T extends Drawn>(all: T, i: number, parts: number): T {
  const length = all.length / parts;
  return all.subarray(i * length, (i + 1) * length) as T;
}
