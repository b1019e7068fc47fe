/** Did G memorise? The training images nearest to its sample, and how near its samples come to them beside images that it never saw. */
import { useEffect, useState } from "react";
import { playground, usePlayground } from "../../client/use-playground";
import type { ArmId } from "../../core/arms";
import { median } from "../../core/diagnosis/doctor/window";
import { errorSentence } from "../../core/errors";
import type { Drawn } from "../../core/latent-space/studies";
import { drawLatent } from "../latent/latent-store";
import { ARM } from "../stage/live";
import { askStudy } from "./ask-study";
import type { Look } from "./draw-samples";
import { joined } from "./joined";
import { Neighbours } from "./Neighbours";
import { NotForPoints } from "./NotForPoints";
import { findNearest } from "./nearest";
import { SampleGrid } from "./SampleGrid";
import { useSpaceArm } from "./space-store";
import { useResting } from "./use-resting";

/** Samples of G's, and test images beside them. */
const COMPARED = 100;
const SUSPECTS = 8;

interface Comparison {
  readonly ratio: number;
  readonly total: number;
  /** The samples that come nearest to a training image, and below each that image: [2 · SUSPECTS] in two rows. */
  readonly suspects: Drawn;
}

export function MemorisedTab({ look }: { readonly look: Look }) {
  if (look.dataset.kind === "points") {
    return (
      <NotForPoints>
        Points are drawn anew for every step, without end: there is no set of them that G could learn by heart. With
        pictures there is: choose digits or faces.
      </NotForPoints>
    );
  }
  return <Memorised look={look} />;
}

function Memorised({ look }: { readonly look: Look }) {
  const arm = useSpaceArm();
  const sample = usePlayground((state) => ARM[arm](state)?.latentSample?.values ?? null);
  const resting = useResting(sample, REST_MS);
  const { compare, comparison, share, problem, cancel } = useComparison(arm);
  return (
    <div className="space-parts">
      <section aria-labelledby="space-nearest" className="space-part">
        <h3 id="space-nearest">The training images nearest to the present sample</h3>
        <Neighbours arm={arm} look={look} sample={resting} what="The sample" />
      </section>
      <section aria-labelledby="space-ratio" className="space-part">
        <h3 id="space-ratio">Does G repeat what it has seen?</h3>
        <p className="space-note">
          How far {COMPARED} of G's samples are from the training image next to each, beside how far {COMPARED} test
          images are, which G never saw. If G's are much nearer, it has learnt images by heart.
        </p>
        <div className="space-row">
          {share === null ? (
            <button type="button" className="sheet-form-main" onClick={compare}>
              Compare with test images
            </button>
          ) : (
            <>
              <progress value={share} aria-label="Images compared" />
              <span className="number">{Math.round(100 * share)} %</span>
              <button type="button" onClick={cancel}>
                Cancel
              </button>
            </>
          )}
        </div>
        {problem !== null && <p role="alert">{problem}</p>}
        {comparison !== null && (
          <>
            <p role="status" aria-label="Verdict">
              <strong className="number">Ratio {comparison.ratio.toFixed(2)}</strong> (median distance of G's samples
              over that of test images, to the nearest of {comparison.total.toLocaleString("en")} training images).{" "}
              {meaning(comparison.ratio)}
            </p>
            <SampleGrid
              label={`Above, the ${SUSPECTS} samples that come nearest to a training image; below each, that image`}
              look={look}
              samples={comparison.suspects}
              count={2 * SUSPECTS}
              columns={SUSPECTS}
            />
            <p className="space-note">
              Above: the samples that come nearest to a training image. Below each: that image. Look whether they are
              the same picture.
            </p>
          </>
        )}
      </section>
    </div>
  );
}

const REST_MS = 250;

/** What a ratio says. */
export function meaning(ratio: number): string {
  if (ratio < 0.5) return "G's samples lie on training images: it has learnt many of them by heart.";
  if (ratio < 0.85)
    return "G's samples are nearer to training images than new images are: it repeats some of what it saw.";
  if (ratio <= 1.2)
    return "G's samples are about as far from training images as new images are: no sign of learning by heart.";
  return "G's samples are farther from any training image than new images are: nothing is learnt by heart, and they do not look like the data yet.";
}

function useComparison(arm: ArmId) {
  const [comparison, setComparison] = useState<Comparison | null>(null);
  const [share, setShare] = useState<number | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [wanted, setWanted] = useState<AbortController | null>(null);
  useEffect(() => () => wanted?.abort(), [wanted]);
  const compare = () => {
    const own = new AbortController();
    setWanted(own);
    setProblem(null);
    setShare(0);
    compareAll(arm, own.signal, setShare)
      .then(setComparison, (error: unknown) => {
        if (!own.signal.aborted) setProblem(errorSentence(error));
      })
      .finally(() => {
        if (!own.signal.aborted) setShare(null);
      });
  };
  const cancel = () => {
    wanted?.abort();
    setShare(null);
  };
  return { compare, comparison, share, problem, cancel };
}

async function compareAll(arm: ArmId, signal: AbortSignal, onShare: (share: number) => void): Promise<Comparison> {
  const { samples: test } = await askStudy(arm, "reals", { split: "test", from: 0, count: COMPARED }, signal);
  const latents = joined(Array.from({ length: COMPARED }, drawLatent)) ?? new Float32Array(0);
  const { arms } = await playground().latents.generate(latents);
  const fakes = arms.find((one) => one.arm === arm)?.samples;
  if (!(fakes instanceof Uint8ClampedArray) || !(test instanceof Uint8ClampedArray)) {
    throw new Error("Only images can be compared.");
  }
  const both = new Uint8ClampedArray(fakes.length + test.length);
  both.set(fakes);
  both.set(test, fakes.length);
  const { indices, distances, total } = await findNearest(arm, both, 2 * COMPARED, 1, signal, onShare);
  const order = [...distances.subarray(0, COMPARED).keys()].sort((a, b) => (distances[a] ?? 0) - (distances[b] ?? 0));
  const nearest = order.slice(0, SUSPECTS);
  const seen = await askStudy(arm, "images", { indices: Int32Array.from(nearest, (i) => indices[i] ?? 0) }, signal);
  const bytes = fakes.length / COMPARED;
  const suspects = new Uint8ClampedArray(2 * SUSPECTS * bytes);
  for (const [k, i] of nearest.entries()) suspects.set(fakes.subarray(i * bytes, (i + 1) * bytes), k * bytes);
  suspects.set(seen.samples, SUSPECTS * bytes);
  const ratio = median([...distances.subarray(0, COMPARED)]) / median([...distances.subarray(COMPARED)]);
  return { ratio, total, suspects };
}
