/** A sample beside the training images nearest to it, with their distances. */
import { useEffect, useState } from "react";
import type { ArmId } from "../../core/arms";
import { errorSentence } from "../../core/errors";
import { formatNumber } from "../../core/format";
import type { Drawn } from "../../core/latent-space/studies";
import { SavePicture } from "../take-away/SavePicture";
import { labelled } from "../take-away/stills";
import { askStudy } from "./ask-study";
import type { Look } from "./draw-samples";
import { findNearest, type Nearest } from "./nearest";
import { SampleGrid } from "./SampleGrid";
import { PART_SIDE, samplesStill } from "./samples-still";

const SHOWN = 6;

interface Found extends Nearest {
  readonly samples: Drawn;
}

export function Neighbours({
  arm,
  look,
  sample,
  what,
}: {
  readonly arm: ArmId;
  readonly look: Look;
  readonly sample: Drawn | null;
  /** What the sample is, in the words of a picture that is saved. */
  readonly what: string;
}) {
  const { found, problem, share } = useNearest(arm, sample);
  if (problem !== null) return <p role="alert">{problem}</p>;
  const far = found === null ? [] : [...found.distances].map((distance) => formatNumber(distance, 3));
  const save = (of: Drawn, { samples }: Found) =>
    labelled(
      [
        { still: samplesStill(look, of, 1, PART_SIDE), words: what },
        {
          still: samplesStill(look, samples, SHOWN, SHOWN * PART_SIDE),
          words: `The nearest of the training images, at distances ${far.join(", ")}`,
        },
      ],
      "beside",
      look.colors,
    );
  return (
    <div className="space-part">
      <SampleGrid
        label={`The ${SHOWN} training images nearest to it, at distances ${far.join(", ")}`}
        look={look}
        samples={found?.samples ?? null}
        count={SHOWN}
        columns={SHOWN}
      />
      <ol className="space-distances number">
        {Array.from({ length: SHOWN }, (_, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a neighbour is its rank
          <li key={i}>{far[i] ?? "–"}</li>
        ))}
      </ol>
      <p className="space-note" role="status">
        {share !== null
          ? `Comparing, ${Math.round(100 * share)} %`
          : found !== null &&
            `Of ${found.total.toLocaleString("en")} training images, with their distances (the root of the summed squares of all differences).`}
      </p>
      <div className="space-row">
        <SavePicture
          what="these neighbours"
          id="neighbours"
          make={sample === null || found === null || share !== null ? null : () => save(sample, found)}
        />
      </div>
    </div>
  );
}

function useNearest(arm: ArmId, sample: Drawn | null) {
  const [found, setFound] = useState<Found | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [share, setShare] = useState<number | null>(null);
  useEffect(() => {
    if (sample === null) return;
    const wanted = new AbortController();
    setProblem(null);
    setShare(0);
    const find = async () => {
      const nearest = await findNearest(arm, sample, 1, SHOWN, wanted.signal, setShare);
      const here = nearest.indices.filter((index) => index >= 0);
      const { samples } = await askStudy(arm, "images", { indices: here }, wanted.signal);
      setFound({ ...nearest, samples });
    };
    find()
      .catch((error: unknown) => {
        if (!wanted.signal.aborted) setProblem(errorSentence(error));
      })
      .finally(() => {
        if (!wanted.signal.aborted) setShare(null);
      });
    return () => wanted.abort();
  }, [arm, sample]);
  return { found, problem, share };
}
