/**
 * Whether a change acts at once or restarts training, for every control. A section says what its changes do once; only controls
 * that do otherwise carry a mark of their own. What restarts is core's to say.
 */
import { IconBolt, IconRotate } from "@tabler/icons-react";
import { createContext, useContext } from "react";
import type { ExperimentConfig } from "../../../core/config";
import { goesOn } from "../../../core/effects";
import classes from "./fields.module.css";

export type Effect = "live" | "restart";

const EFFECTS = {
  live: { label: "live", sentence: "Acts at once; training goes on.", rule: "Changes act at once", Icon: IconBolt },
  restart: {
    label: "restarts",
    sentence: "Restarts training from step 0.",
    rule: "Changes restart training from step 0",
    Icon: IconRotate,
  },
} as const;

/** What moving from `current` to `next` does to a run; a change that changes nothing counts as live. */
export function effectOf(current: ExperimentConfig, next: ExperimentConfig): Effect {
  return goesOn(current, next) ? "live" : "restart";
}

/** The effect as a sentence, for tooltips and descriptions. */
export function effectSentence(effect: Effect): string {
  return EFFECTS[effect].sentence;
}

/** What most controls around do, as their section says; null where nothing says so. */
const Usual = createContext<Effect | null>(null);

/** Spares controls that do what their section says their marks. */
export const UsualEffect = Usual.Provider;

/** What most changes in a section do, for its heading. */
export function SectionEffect({ effect }: { readonly effect: Effect }) {
  const { label, rule, Icon } = EFFECTS[effect];
  return (
    <span className={classes.rule} title={`${rule}, unless marked otherwise.`}>
      <Icon size={12} stroke={2} aria-hidden="true" />
      {label}
    </span>
  );
}

/** The mark of a control that does otherwise than its section says. Screen readers hear the sentence in its description. */
export function EffectMark({ effect }: { effect: Effect }) {
  const { label, Icon } = EFFECTS[effect];
  if (useContext(Usual) === effect) return null;
  return (
    <span className={classes.effect} aria-hidden="true">
      <Icon size={11} stroke={2} />
      {label}
    </span>
  );
}
