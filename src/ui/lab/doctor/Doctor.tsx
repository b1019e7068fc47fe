/** The doctor's tab: what holds of the run, by which numbers, why, what to read, one change, and whether it helped. */
import { IconAlertTriangle, IconCircleCheck, IconInfoCircle } from "@tabler/icons-react";
import { usePlayground } from "../../../client/use-playground";
import { type ArmId, armLetter } from "../../../core/arms";
import { isAdversarial } from "../../../core/config";
import { FINDING_IDS, FINDINGS, type Finding } from "../../../core/diagnosis/doctor";
import { WINDOW_STEPS } from "../../../core/diagnosis/doctor/window";
import { goesOn } from "../../../core/effects";
import { useGlossaryEntry } from "../../learn/glossary-entries";
import { Term } from "../../learn/Term";
import { ARM, useArmIds } from "../../stage/live";
import type { Treated } from "./doctor-memory";
import { type Known, treat, useDoctor } from "./doctor-store";

const ICONS: Readonly<Record<Finding["level"], typeof IconInfoCircle>> = {
  problem: IconAlertTriangle,
  warning: IconInfoCircle,
  good: IconCircleCheck,
};

export function Doctor() {
  const { known, treated, step } = useDoctor();
  const several = useArmIds().length > 1;
  return (
    <section aria-label="Doctor" className="doctor">
      <p role="status" className="doctor-sum">
        {summary(known, step)}
      </p>
      {known.map((one) => (
        <FindingCard key={`${one.arm} ${one.id}`} known={one} several={several} />
      ))}
      {treated.length > 0 && (
        <>
          <h3 className="doctor-heading">What was changed</h3>
          <ol className="doctor-treated">
            {treated.toReversed().map((one) => (
              <TreatedItem key={`${one.arm} ${one.step} ${one.words}`} treated={one} several={several} />
            ))}
          </ol>
        </>
      )}
      <details className="doctor-rules">
        <summary>What it looks for</summary>
        <ul>
          {FINDING_IDS.map((id) => (
            <li key={id}>
              <strong>{FINDINGS[id].name}.</strong> {FINDINGS[id].why}
            </li>
          ))}
        </ul>
      </details>
    </section>
  );
}

function summary(known: readonly Known[], step: number): string {
  if (step < WINDOW_STEPS) return `The doctor looks at the last ${WINDOW_STEPS} steps and more: train a little first.`;
  const bad = known.filter(({ id }) => FINDINGS[id].level !== "good");
  if (bad.length > 0) return bad.length === 1 ? "One thing stands out." : `${bad.length} things stand out.`;
  return known.length > 0 ? "All is well." : "Nothing stands out.";
}

function FindingCard({ known, several }: { readonly known: Known; readonly several: boolean }) {
  const { name, level, why, term, source, link, remedy }: Finding = FINDINGS[known.id];
  const Icon = ICONS[level];
  const word = useGlossaryEntry(term); // its name: a sign alone says nothing to a newcomer
  const config = usePlayground((state) => ARM[known.arm](state)?.config ?? null);
  const change = config === null || !isAdversarial(config) ? null : remedy(config);
  const anew = change !== null && config !== null && !goesOn(config, change.config);
  return (
    <article className="doctor-card" data-level={level} aria-label={title(name, known.arm, several)}>
      <h3>
        <Icon size={16} aria-hidden="true" />
        {title(name, known.arm, several)}
        <small className="number">since step {known.since.toLocaleString("en")}</small>
      </h3>
      <dl>
        {known.seen.map((evidence) => (
          <div key={evidence.name}>
            <dt>{evidence.name}</dt>
            <dd className="number">{evidence.text}</dd>
          </div>
        ))}
      </dl>
      <p>{why}</p>
      <p className="doctor-read">
        Read: <Term id={term}>{word?.name}</Term>,{" "}
        <a href={link} target="_blank" rel="noreferrer">
          <cite>{source}</cite>
        </a>
      </p>
      {change !== null && (
        <div className="doctor-remedy">
          <p>
            {change.words} {anew && "The run begins anew; Undo brings this one back."}
          </p>
          <button type="button" className="doctor-apply" onClick={() => treat(known)}>
            Apply this change
          </button>
        </div>
      )}
    </article>
  );
}

function TreatedItem({ treated, several }: { readonly treated: Treated; readonly several: boolean }) {
  const { finding, arm, step, words, outcome } = treated;
  return (
    <li data-state={outcome.state}>
      <strong>{title(FINDINGS[finding].name, arm, several)}</strong>, step {step.toLocaleString("en")}: {words}{" "}
      <span className="doctor-outcome">{outcome.words}</span>
    </li>
  );
}

const title = (name: string, arm: ArmId, several: boolean) => (several ? `Arm ${armLetter(arm)}: ${name}` : name);
