/** The mark on every control that says whether a change acts at once or restarts training. What restarts is core's to say. */
import { IconBolt, IconRotate } from "@tabler/icons-react";
import { changeKind, type ExperimentConfig } from "../../../core/config";
import classes from "./fields.module.css";

export type Effect = "live" | "restart";

const EFFECTS = {
  live: { label: "live", sentence: "Acts at once; training goes on.", Icon: IconBolt },
  restart: { label: "restarts", sentence: "Restarts training from step 0.", Icon: IconRotate },
} as const;

/** What moving from `current` to `next` does to a run; a change that changes nothing counts as live. */
export function effectOf(current: ExperimentConfig, next: ExperimentConfig): Effect {
  return changeKind(current, next) === "restart" ? "restart" : "live";
}

/** The effect as a sentence, for tooltips and descriptions. */
export function effectSentence(effect: Effect): string {
  return EFFECTS[effect].sentence;
}

/** The small mark. Hidden from screen readers: the control's description carries the sentence. */
export function EffectMark({ effect }: { effect: Effect }) {
  const { label, Icon } = EFFECTS[effect];
  return (
    <span className={classes.effect} aria-hidden="true">
      <Icon size={11} stroke={2} />
      {label}
    </span>
  );
}
