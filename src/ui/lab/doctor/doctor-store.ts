/**
 * The doctor at the bedside: looks at every arm once a second while the lab is open, remembers since when something holds and
 * which changes were made on its word. The rules are core/diagnosis/doctor; no drawing here.
 */
import { create } from "zustand";
import type { ArmView, PlaygroundState } from "../../../client/store";
import { playground } from "../../../client/use-playground";
import type { ArmId } from "../../../core/arms";
import { isAdversarial } from "../../../core/config";
import { sigmoid } from "../../../core/density";
import { differences, differenceText } from "../../../core/diagnosis/differences";
import { type Course, diagnose, type Evidence, FINDINGS } from "../../../core/diagnosis/doctor";
import { checkTreatment, type Outcome, stands, type Treatment } from "../../../core/diagnosis/doctor/check";
import { goesOn } from "../../../core/effects";
import { changedLeaves } from "../../../core/tree";
import { type ChartMark, setMarks } from "../../charts/marks";
import { recallDoctor, rememberDoctor, type Since, type Treated } from "./doctor-memory";

/** Between two looks, milliseconds. */
const LOOK_MS = 1_000;
/** Looks at the clusters, and at D's opinion of what is on the stage, that are remembered. */
const MOST_LOOKS = 80;
/** Where charts begin. */
const FIRST_STEP = 1;
/** Changes that are remembered, the newest. */
const MOST_TREATMENTS = 8;

export interface Known extends Since {
  readonly seen: readonly Evidence[];
}

interface DoctorState {
  /** What holds now, arm by arm, what matters most first. */
  readonly known: readonly Known[];
  readonly treated: readonly Treated[];
  /** The farthest step that was looked at; 0 before the first. */
  readonly step: number;
}

/** Of the page before it was loaded anew. What held then counts until the run goes on: not all is measured at once when it comes back. */
const recalled = recallDoctor();
let heldBefore = recalled.known;
/** The step at which the run was looked at first; null before. */
let cameBackAt: number | null = null;

export const useDoctor = create<DoctorState>(() => ({ known: [], treated: recalled.treated, step: 0 }));
useDoctor.subscribe(({ known, treated, step }) => {
  if (step > 0) rememberDoctor({ known, treated });
});

/** By arm: the clusters' counts so far, and D's opinions of the fakes on the stage. */
const counts = new Map<ArmId, Course["counts"][number][]>();
const opinions = new Map<ArmId, Course["judged"]>();

/** Looks at all arms from now on. Returns how to stop. */
export function startDoctor(): () => void {
  const { store } = playground();
  let looked: readonly ArmView[] = [];
  for (const view of store.getState().arms) remember(view);
  const stop = store.subscribe(({ arms }, before) => {
    if (arms === before.arms) return;
    for (const view of arms) {
      if (view.quality !== before.arms.find(({ id }) => id === view.id)?.quality) remember(view);
    }
  });
  const look = () => {
    const state = store.getState();
    if (state.arms === looked) return; // a run at rest is as it was
    looked = state.arms;
    lookAt(state);
  };
  look();
  playground().actions.setProbe("memory", true);
  const timer = setInterval(look, LOOK_MS);
  return () => {
    stop();
    clearInterval(timer);
    playground().actions.setProbe("memory", false);
    useDoctor.setState({ known: [], step: 0 });
    setMarks([]);
  };
}

function remember({ id, quality }: ArmView): void {
  if (quality?.counts == null) {
    if (quality === null) counts.delete(id);
    return;
  }
  const seen = (counts.get(id) ?? []).filter(({ step }) => step < quality.step); // a run may have gone back
  counts.set(id, [...seen, { step: quality.step, counts: quality.counts }].slice(-MOST_LOOKS));
}

function courseOf(view: ArmView): Course | null {
  const { config, curves, quality, stopped, id } = view;
  if (curves === null || !isAdversarial(config)) return null;
  return {
    config,
    curves,
    quality,
    stopped,
    counts: counts.get(id) ?? [],
    judged: opinionsOf(view),
    memory: memoryOf(view),
  };
}

const memoryOf = ({ probed }: ArmView) => probed.memory?.data ?? null;

/** D's mean probability of the fakes that are on the stage, where the picture carries it, and of those that were there at other looks. */
function opinionsOf({ id, stage }: ArmView): Course["judged"] {
  const step = stage?.step ?? 0;
  const seen = (opinions.get(id) ?? []).filter((one) => one.step < step); // a run may have gone back
  const frame = stage?.frame;
  const logits = frame?.kind === "images" ? frame.fakeLogits : frame?.views.pulls?.logits;
  if (logits === undefined || logits.length === 0) return seen;
  const probability = logits.reduce((sum, logit) => sum + sigmoid(logit), 0) / logits.length;
  const all = [...seen, { step, probability }].slice(-MOST_LOOKS);
  opinions.set(id, all);
  return all;
}

function lookAt(state: PlaygroundState): void {
  const former = useDoctor.getState();
  const known: Known[] = [];
  const marks: ChartMark[] = [];
  let step = 0;
  const treated = [...former.treated];
  for (const view of state.arms) {
    const course = courseOf(view);
    if (course === null) continue;
    const now = course.curves.steps.at(-1) ?? 0;
    step = Math.max(step, now);
    for (const { id, seen } of diagnose(course)) {
      const before = [...former.known, ...heldBefore].find(
        (one) => one.arm === view.id && one.id === id && one.since <= now,
      );
      known.push({ arm: view.id, id, seen, since: before?.since ?? now });
    }
    treated.forEach((one, i) => {
      if (one.arm !== view.id) return;
      if (one.outcome.state !== "helped") treated[i] = { ...one, outcome: checkTreatment(one, course) };
      if (stands(one, view.config)) marks.push(...marksOf(one, now));
    });
  }
  if (step > 0) {
    cameBackAt ??= step;
    if (step !== cameBackAt) heldBefore = [];
  }
  useDoctor.setState({ known, treated, step });
  const seen = known.map(({ arm, id, since }) => ({ arm, step: since, text: FINDINGS[id].name }));
  const isSeen = (mark: ChartMark) => seen.some(({ arm, text }) => arm === mark.arm && text === mark.text);
  setMarks([...seen, ...marks.filter((mark) => !isSeen(mark))]);
}

/** What stays on the charts of a finding that was treated: where it was seen, or the change with which the run began anew. */
function marksOf({ arm, finding, since, step, anew, changed }: Treated, now: number): readonly ChartMark[] {
  if (anew) return [{ arm, step: FIRST_STEP, text: changed }];
  return step <= now ? [{ arm, step: since, text: FINDINGS[finding].name }] : []; // the run may have gone back
}

/** Makes the change that is offered for a finding, and remembers how things were. */
export function treat({ arm, id, since }: Known): void {
  const { store, actions } = playground();
  const view = store.getState().arms.find((one) => one.id === arm);
  const course = view === undefined ? null : courseOf(view);
  const remedy = course === null ? null : FINDINGS[id].remedy(course.config);
  if (view === undefined || course === null || remedy === null) return;
  const treatment: Treatment = {
    finding: id,
    words: remedy.words,
    step: course.curves.steps.at(-1) ?? 0,
    anew: !goesOn(view.config, remedy.config),
    before: FINDINGS[id].gauge(course),
    changes: changedLeaves(view.config, remedy.config),
  };
  const changed = differences(view.config, remedy.config).map(differenceText).join(", ");
  actions.speakFor(arm);
  actions.setConfig(remedy.config);
  const outcome: Outcome = { state: "waiting", words: "" };
  useDoctor.setState(({ treated }) => ({
    treated: [...treated, { ...treatment, arm, since, changed, outcome }].slice(-MOST_TREATMENTS),
  }));
  lookAt(store.getState());
}
