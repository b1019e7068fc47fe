/**
 * The timeline under the stage: scrubs stage, samples, sliders, numbers and charts together through the run's kept moments, plays
 * them as a film, goes to an exact step, and holds the tree of branches.
 */
import {
  IconGitBranch,
  IconGridDots,
  IconPlayerPauseFilled,
  IconPlayerPlayFilled,
  IconPlayerTrackNextFilled,
} from "@tabler/icons-react";
import { type KeyboardEvent, useEffect, useState } from "react";
import { presentStep } from "../../../client/selectors";
import type { PlaygroundState } from "../../../client/store";
import { playground, useActions, usePlayground } from "../../../client/use-playground";
import { pathSteps } from "../../../core/film";
import { useMarks } from "../../charts/marks";
import { CURVES, NUMBERS_MS, useThrottled } from "../../stage/live";
import { openSweep, useSweepSheet } from "../../sweep/sweep-sheet";
import { BranchTree } from "./BranchTree";
import { useGoal } from "./goal-store";
import { RunUntil } from "./RunUntil";
import "./timeline.css";

/** Between two pictures of the film, milliseconds; calmer where a person asked for less motion. */
const FRAME_MS = 100;
const CALM_FRAME_MS = 400;

const FILM = (state: PlaygroundState) => state.film;

export function Timeline() {
  const film = useThrottled(FILM, NUMBERS_MS);
  const visited = usePlayground((state) => state.visited?.step ?? null);
  const present = useThrottled(presentStep, NUMBERS_MS);
  const { visit } = useActions();
  const sweeping = useSweepSheet((state) => state.progress);
  const told = useGoal((state) => state.told);
  const [playing, setPlaying] = useState(false);
  const [tree, setTree] = useState(false);
  const steps = film === null ? [] : pathSteps(film.branches, film.current).filter((step) => step < present);
  const last = steps.length; // the present comes after the kept moments
  const at = visited === null ? last : nearestIndex(steps, visited);
  const go = (index: number) => visit(index >= last ? null : (steps[index] ?? null));
  useFilm(playing, setPlaying);
  const branches = film?.branches.length ?? 1;
  const where = visited ?? present;
  return (
    <section aria-label="Timeline" className="timeline panel">
      <div className="timeline-row">
        <button
          type="button"
          className="timeline-button"
          aria-label={playing ? "Stop the film" : "Play the run as a film"}
          title={playing ? "Stop the film" : "Play the run as a film, from here or from the start"}
          disabled={last === 0}
          onClick={() => {
            if (!playing && visited === null) go(0);
            setPlaying(!playing);
          }}
        >
          {playing ? (
            <IconPlayerPauseFilled size={15} aria-hidden="true" />
          ) : (
            <IconPlayerPlayFilled size={15} aria-hidden="true" />
          )}
        </button>
        <div className="timeline-track">
          <input
            type="range"
            className="timeline-range"
            aria-label="Moment of the run"
            aria-valuetext={visited === null ? `the present, step ${text(present)}` : `step ${text(visited)}`}
            min={0}
            max={last}
            step={1}
            value={at}
            disabled={last === 0}
            onChange={(event) => {
              setPlaying(false);
              go(Number(event.currentTarget.value));
            }}
          />
          <Marks steps={steps} present={present} />
        </div>
        <StepField step={where} most={present} />
        <button
          type="button"
          className="timeline-button"
          aria-label="Back to the present"
          title="Back to the present"
          disabled={visited === null}
          onClick={() => {
            setPlaying(false);
            visit(null);
          }}
        >
          <IconPlayerTrackNextFilled size={15} aria-hidden="true" />
        </button>
        <RunUntil />
        <button
          type="button"
          className="timeline-button"
          title="The same experiment under many seeds or settings"
          onClick={openSweep}
        >
          <IconGridDots size={15} aria-hidden="true" />
          Many runs{sweeping !== null && <span className="number"> {sweeping}</span>}
        </button>
        <button
          type="button"
          className="timeline-button timeline-branches"
          aria-expanded={tree}
          title="The ways that the run has gone"
          disabled={branches < 2}
          onClick={() => setTree(!tree)}
        >
          <IconGitBranch size={15} aria-hidden="true" />
          <span className="number">
            {branches} <span className="visually-hidden">{branches === 1 ? "branch" : "branches"}</span>
          </span>
        </button>
      </div>
      <p className="timeline-words" role="status">
        {visited === null
          ? told || "The present. Drag to go back in time."
          : "The past. Train or change a setting to go another way from here; the run as it was stays as a branch."}
      </p>
      {tree && film !== null && branches > 1 && <BranchTree film={film} />}
    </section>
  );
}

/** Type the very step to go to. While the field has the focus it stays as it is, also where the run goes on. */
function StepField({ step, most }: { readonly step: number; readonly most: number }) {
  const [typed, setTyped] = useState<string | null>(null);
  const { visit } = useActions();
  const go = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === "Escape") setTyped(null);
    if (event.key !== "Enter" || typed === null) return;
    const wanted = Math.round(Number(typed));
    setTyped(null);
    if (!Number.isFinite(wanted)) return;
    if (wanted >= most) visit(null);
    else visit(Math.max(1, wanted), true);
  };
  return (
    <input
      className="timeline-step number"
      aria-label="Go to step"
      title="The very step to go to: type it and press Enter"
      inputMode="numeric"
      value={typed ?? String(step)}
      onFocus={(event) => {
        setTyped(String(step));
        event.currentTarget.select();
      }}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onKeyDown={go}
      onBlur={() => setTyped(null)}
    />
  );
}

/** Where something was changed or found. */
function Marks({ steps, present }: { readonly steps: readonly number[]; readonly present: number }) {
  const curves = useThrottled(CURVES.a, NUMBERS_MS);
  const found = useMarks((state) => state.marks);
  const all = [...(curves?.changes ?? []), ...found];
  if (steps.length === 0) return null;
  return (
    <span className="timeline-marks" aria-hidden="true">
      {all.map(({ step, text: words }) => (
        <span
          key={`${step} ${words}`}
          className="timeline-mark"
          title={`Step ${text(step)}: ${words}`}
          style={{ left: `${100 * placeOf(steps, present, step)}%` }}
        />
      ))}
    </span>
  );
}

/** Plays from the moment that is shown to the present. */
function useFilm(playing: boolean, setPlaying: (playing: boolean) => void): void {
  useEffect(() => {
    if (!playing) return;
    const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    const { store, actions } = playground();
    const timer = setInterval(
      () => {
        const state = store.getState();
        const steps = state.film === null ? [] : pathSteps(state.film.branches, state.film.current);
        const next = steps.find((step) => step > (state.visited?.step ?? 0) && step < presentStep(state));
        if (next === undefined) {
          actions.visit(null);
          setPlaying(false);
        } else actions.visit(next);
      },
      calm ? CALM_FRAME_MS : FRAME_MS,
    );
    return () => clearInterval(timer);
  }, [playing, setPlaying]);
}

function nearestIndex(steps: readonly number[], step: number): number {
  let best = 0;
  steps.forEach((one, i) => {
    if (Math.abs(one - step) < Math.abs((steps[best] ?? 0) - step)) best = i;
  });
  return best;
}

/** A step's place on the track, 0 to 1, between the moments around it. */
function placeOf(steps: readonly number[], present: number, step: number): number {
  const all = [...steps, present];
  const after = all.findIndex((one) => one >= step);
  if (after <= 0) return after === 0 ? 0 : 1;
  const [low, high] = [all[after - 1] ?? 0, all[after] ?? 1];
  return (after - 1 + (step - low) / Math.max(1, high - low)) / (all.length - 1);
}

const text = (step: number) => step.toLocaleString("en");
