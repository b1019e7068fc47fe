/** Arithmetic of latents: A − B + C, of pins, the present sample, and the mean latents of what samples look like. */
import { useMemo, useState } from "react";
import { usePlayground } from "../../../client/use-playground";
import type { Drawn } from "../../../core/latent-space/studies";
import { Choice } from "../../latent/Choice";
import { LATENT } from "../../latent/latent-store";
import { SavePicture } from "../../take-away/SavePicture";
import { labelled } from "../../take-away/stills";
import { useStudy } from "../ask-study";
import type { Look } from "../draw-samples";
import { joined } from "../joined";
import { SampleGrid } from "../SampleGrid";
import { PART_SIDE, samplesStill } from "../samples-still";
import { setLatent, useSpaceArm } from "../space-store";
import { useGenerated } from "../use-generated";
import { useSetPins } from "./Pins";

interface Term {
  readonly value: string;
  readonly text: string;
  readonly z: Float32Array;
}

const SIGNS = ["", "−", "+"] as const;
const NAMES = ["A", "B", "C"] as const;

export function ArithmeticPart({ look }: { readonly look: Look }) {
  const arm = useSpaceArm();
  const { terms, problem, waiting, ask } = useTerms();
  const [chosen, setChosen] = useState<readonly [string, string, string]>(["present", "mean", "mean"]);
  const [a, b, c] = chosen.map((value) => terms.find((term) => term.value === value)?.z ?? terms[0]?.z);
  const latents = useMemo(() => {
    if (a === undefined || b === undefined || c === undefined) return null;
    const sum = a.map((value, i) => value - (b[i] ?? 0) + (c[i] ?? 0));
    return joined([a, b, c, sum]);
  }, [a, b, c]);
  const samples = useGenerated(arm, latents)?.samples ?? null;
  const choices = terms.map(({ value, text }) => ({ value, text }));
  const length = (samples?.length ?? 0) / 4;
  const part = (all: Drawn, i: number) => all.subarray(i * length, (i + 1) * length);
  const save = (all: Drawn) => {
    const words = NAMES.map((name, i) => {
      const term = terms.find(({ value }) => value === chosen[i]) ?? terms[0];
      return `${SIGNS[i]} ${name}: ${term?.text ?? ""}`.trim();
    });
    const stills = [...words, "= A − B + C"].map((text, i) => ({
      still: samplesStill(look, part(all, i), 1, PART_SIDE),
      words: text,
    }));
    return labelled(stills, "beside", look.colors);
  };
  const picture = (i: number, label: string) => (
    <SampleGrid label={label} look={look} samples={samples === null ? null : part(samples, i)} count={1} columns={1} />
  );
  return (
    <section aria-labelledby="space-arithmetic" className="space-part">
      <h3 id="space-arithmetic">Arithmetic</h3>
      <p className="space-note">
        A − B + C takes from A what B has in common with its mean, and adds what C has (Radford et al. 2016). Mean
        latents are of samples that look like a class or have an attribute, by the training data nearest to them.
      </p>
      <div className="space-sum">
        {NAMES.map((name, i) => (
          <div key={name} className="space-term">
            <span className="space-sign" aria-hidden="true">
              {SIGNS[i]}
            </span>
            {picture(i, `Sample of ${name}`)}
            <Choice
              label={name}
              value={chosen[i] ?? ""}
              choices={choices}
              onChange={(value) =>
                setChosen([i === 0 ? value : chosen[0], i === 1 ? value : chosen[1], i === 2 ? value : chosen[2]])
              }
            />
          </div>
        ))}
        <div className="space-term">
          <span className="space-sign" aria-hidden="true">
            =
          </span>
          {picture(3, "Sample of A − B + C")}
          <button
            type="button"
            disabled={latents === null}
            onClick={() => latents !== null && setLatent(latents.subarray((3 * latents.length) / 4))}
          >
            Take it
          </button>
        </div>
      </div>
      <div className="space-row">
        <button type="button" disabled={waiting} onClick={ask}>
          {waiting ? "Looking at 2,000 samples …" : "Find the means of classes and attributes"}
        </button>
        <SavePicture what="the sum" id="arithmetic" make={samples === null ? null : () => save(samples)} />
      </div>
      {problem !== null && <p role="alert">{problem}</p>}
    </section>
  );
}

/** What can be added and taken away. */
function useTerms() {
  const arm = useSpaceArm();
  const present = usePlayground(LATENT);
  const label = usePlayground((state) => state.label);
  const pins = useSetPins();
  const [asked, setAsked] = useState<{ readonly label: number } | null>(null);
  const { answer, problem, waiting } = useStudy(arm, "means", asked);
  const terms = useMemo((): readonly Term[] => {
    const means = (answer?.groups ?? []).filter(({ latent }) => latent.length === present.length);
    return [
      { value: "present", text: "the present sample", z: present },
      { value: "mean", text: "the mean of all (0)", z: new Float32Array(present.length) },
      ...pins.map(({ name, z }) => ({ value: `pin ${name}`, text: `pin ${name.toUpperCase()}`, z })),
      ...means.map(({ name, latent }) => ({ value: `group ${name}`, text: `mean of “${name}”`, z: latent })),
    ];
  }, [present, pins, answer]);
  return { terms, problem, waiting, ask: () => setAsked({ label }) };
}
