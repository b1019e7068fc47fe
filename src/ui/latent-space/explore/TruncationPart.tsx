/** Truncation: latents pulled towards their mean, what samples become, and what that does to quality and diversity, measured. */
import { useEffect, useMemo, useState } from "react";
import { usePlayground } from "../../../client/use-playground";
import { errorSentence } from "../../../core/errors";
import { stageLatents, truncate } from "../../../core/latents";
import { RangeSlider } from "../../latent/RangeSlider";
import { Reading } from "../../theme/Reading";
import { askStudy } from "../ask-study";
import type { Look } from "../draw-samples";
import { SampleGrid } from "../SampleGrid";
import { setLatent, useSpaceArm, useSpaceConfig } from "../space-store";
import { useGenerated } from "../use-generated";

const SAMPLES = 20;
const COLUMNS = 10;
/** Factors at which quality and diversity are measured; between them the curves are straight. */
const MEASURED = [0.25, 0.5, 0.75, 1, 1.25, 1.5] as const;
const MOST = 1.5;

interface Effect {
  readonly psi: number;
  readonly precision: number;
  readonly spread: number;
}

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
          max={MOST}
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
        {at !== null && (
          <p>
            Quality: <Reading width={5}>{percent(at.precision)} %</Reading> of the samples are as near to a real as
            reals are to each other (by pixels: a blur is near to many). Diversity: two samples differ{" "}
            <Reading width={4}>{at.spread.toFixed(2)}</Reading> times as much as two reals.
          </p>
        )}
      </div>
      {problem !== null && <p role="alert">{problem}</p>}
      {effects.length > 1 && <Curves effects={effects} psi={psi} look={look} />}
    </section>
  );
}

const percent = (share: number) => Math.round(100 * share);

function useEffects() {
  const arm = useSpaceArm();
  const label = usePlayground((state) => state.label);
  const [effects, setEffects] = useState<readonly Effect[]>([]);
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
        const found = await askStudy(arm, "truncation", { psi, label }, own.signal);
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
function between(effects: readonly Effect[], psi: number): Effect | null {
  const right = effects.findIndex((effect) => effect.psi >= psi);
  const b = effects[Math.max(0, right)];
  const a = effects[Math.max(0, right - 1)];
  if (a === undefined || b === undefined) return null;
  const t = b.psi === a.psi ? 0 : (psi - a.psi) / (b.psi - a.psi);
  const mix = (from: number, to: number) => from + t * (to - from);
  return { psi, precision: mix(a.precision, b.precision), spread: mix(a.spread, b.spread) };
}

const [WIDTH, HEIGHT, LEFT] = [320, 110, 8];

function Curves({
  effects,
  psi,
  look: { colors },
}: {
  readonly effects: readonly Effect[];
  readonly psi: number;
  readonly look: Look;
}) {
  const top = Math.max(1, ...effects.map(({ spread }) => spread));
  const x = (value: number) => LEFT + ((WIDTH - 2 * LEFT) * value) / MOST;
  const y = (value: number) => HEIGHT - 6 - ((HEIGHT - 16) * value) / top;
  const path = (of: (effect: Effect) => number) =>
    effects.map((effect, i) => `${i === 0 ? "M" : "L"}${x(effect.psi)} ${y(of(effect))}`).join("");
  const text = effects
    .map((one) => `ψ ${one.psi}: quality ${percent(one.precision)} %, diversity ${one.spread.toFixed(2)}`)
    .join("; ");
  return (
    <figure className="space-curves">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={text}>
        <line x1={x(0)} x2={x(MOST)} y1={y(1)} y2={y(1)} stroke={colors.line} strokeDasharray="3 3" />
        <line x1={x(psi)} x2={x(psi)} y1={4} y2={HEIGHT - 6} stroke={colors.axis} />
        <path d={path(({ precision }) => precision)} fill="none" stroke={colors.fake} strokeWidth={2} />
        <path
          d={path(({ spread }) => spread)}
          fill="none"
          stroke={colors.generator}
          strokeWidth={2}
          strokeDasharray="6 3"
        />
      </svg>
      <figcaption className="space-note">
        <span className="role-fake">Quality, solid</span>
        {", "}
        <span className="role-generator">diversity, dashed</span>
        {`, over ψ from 0 to ${MOST}. The dotted line is 1, as two sets of reals have it.`}
      </figcaption>
    </figure>
  );
}
