/** Truncation: latents pulled towards their mean, what samples become, and what that does to quality and diversity, measured. */
import { useEffect, useMemo, useState } from "react";
import { errorSentence } from "../../../core/errors";
import { stageLatents, truncate } from "../../../core/latents";
import { RangeSlider } from "../../latent/RangeSlider";
import { SavePicture } from "../../take-away/SavePicture";
import { Reading } from "../../theme/Reading";
import { askStudy } from "../ask-study";
import type { Look } from "../draw-samples";
import { SampleGrid } from "../SampleGrid";
import { samplesStill } from "../samples-still";
import { setLatent, useSpaceArm, useSpaceConfig } from "../space-store";
import { useGenerated } from "../use-generated";
import { type MeasuredEffect, MOST_PSI, percent, TruncationCurves } from "./TruncationCurves";

const SAMPLES = 20;
const COLUMNS = 10;
/** Factors at which quality and diversity are measured; between them the curves are straight. */
const MEASURED = [0.25, 0.5, 0.75, 1, 1.25, 1.5] as const;

export function TruncationPart({ look }: { readonly look: Look }) {
  const arm = useSpaceArm();
  const { latent, seed } = useSpaceConfig();
  const { size, prior } = latent;
  const [psi, setPsi] = useState(0.7);
  const whole = useMemo(() => stageLatents({ latent: { size, prior }, seed }, SAMPLES), [size, prior, seed]);
  const pulled = useMemo(() => truncate(whole, psi), [whole, psi]);
  const samples = useGenerated(arm, pulled)?.samples ?? null;
  const { effects, measure, measuring, problem } = useEffects();
  const at = effects.length === MEASURED.length ? between(effects, psi) : null;
  return (
    <section aria-labelledby="space-truncation" className="space-part">
      <h3 id="space-truncation">Truncation</h3>
      <p className="space-note">
        z becomes ψ · z: nearer to the mean samples are more typical and more alike (Karras et al. 2019, appendix B).
      </p>
      <div className="space-psi">
        <span>ψ = {psi.toFixed(2)}</span>
        <RangeSlider
          name="Truncation ψ"
          value={psi}
          min={0}
          max={MOST_PSI}
          step={0.05}
          origin={1}
          valueText={psi.toFixed(2)}
          onChange={setPsi}
        />
      </div>
      <SampleGrid
        label={`${SAMPLES} samples of latents pulled towards their mean by ${psi.toFixed(2)}`}
        look={look}
        samples={samples}
        count={SAMPLES}
        columns={COLUMNS}
        onPick={(i) => setLatent(pulled.subarray(i * size, (i + 1) * size))}
      />
      <div className="space-row">
        <button type="button" disabled={measuring} onClick={measure}>
          {measuring ? `Measuring, ${effects.length} of ${MEASURED.length}` : "Measure its effect"}
        </button>
        <SavePicture
          what="these samples"
          id="truncation"
          make={samples === null ? null : () => samplesStill(look, samples, COLUMNS)}
        />
      </div>
      {at !== null && <Words at={at} />}
      {problem !== null && <p role="alert">{problem}</p>}
      {effects.length > 1 && <TruncationCurves effects={effects} psi={psi} colors={look.colors} />}
    </section>
  );
}

/** What was measured, in words: what is compared, and what reals read. */
function Words({ at: { quality, diversity, judge } }: { readonly at: MeasuredEffect }) {
  const good = (
    <>
      Quality: <Reading width={5}>{percent(quality)} %</Reading> of the samples are as near to a real as reals are to
      each other
    </>
  );
  if (judge === null) {
    return (
      <p>
        {good} (by their numbers: a blur is near to many). Diversity: two samples differ{" "}
        <Reading width={4}>{diversity.toFixed(2)}</Reading> times as much as two reals.
      </p>
    );
  }
  return (
    <p>
      {good} (precision; of test images {percent(judge.quality)} %). Diversity:{" "}
      <Reading width={5}>{percent(diversity)} %</Reading> of the reals are as near to a sample as samples are to each
      other (recall; of test images {percent(judge.diversity)} %). Both at once: a Fréchet distance of{" "}
      <Reading width={5}>{judge.frechet.samples.toFixed(1)}</Reading> (of test images {judge.frechet.test.toFixed(1)}).
      By the features of the small classifier that names {(100 * judge.accuracy).toFixed(1)} % of the test images right.
    </p>
  );
}

function useEffects() {
  const arm = useSpaceArm();
  const [effects, setEffects] = useState<readonly MeasuredEffect[]>([]);
  const [problem, setProblem] = useState<string | null>(null);
  const [wanted, setWanted] = useState<AbortController | null>(null);
  useEffect(() => () => wanted?.abort(), [wanted]);
  const measure = async () => {
    const own = new AbortController();
    setWanted(own);
    setEffects([]);
    setProblem(null);
    try {
      for (const psi of MEASURED) {
        const found = await askStudy(arm, "truncation", { psi }, own.signal);
        setEffects((before) => [...before, { psi, ...found }]);
      }
    } catch (error) {
      if (!own.signal.aborted) setProblem(errorSentence(error));
    }
    if (!own.signal.aborted) setWanted(null);
  };
  return { effects, problem, measuring: wanted !== null, measure: () => void measure() };
}

/** Along straight lines between what was measured. */
function between(effects: readonly MeasuredEffect[], psi: number): MeasuredEffect | null {
  const right = effects.findIndex((effect) => effect.psi >= psi);
  const b = effects[Math.max(0, right)];
  const a = effects[Math.max(0, right - 1)];
  if (a === undefined || b === undefined) return null;
  const t = b.psi === a.psi ? 0 : (psi - a.psi) / (b.psi - a.psi);
  const mix = (from: number, to: number) => from + t * (to - from);
  const judge =
    a.judge === null || b.judge === null
      ? null
      : {
          ...b.judge,
          frechet: { ...b.judge.frechet, samples: mix(a.judge.frechet.samples, b.judge.frechet.samples) },
        };
  return { psi, quality: mix(a.quality, b.quality), diversity: mix(a.diversity, b.diversity), judge };
}
