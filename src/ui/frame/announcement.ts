/** The words for what changed in a run between two looks at it. Text only. */
import type { PlaygroundState } from "../../client/store";

export type Announced = Pick<PlaygroundState, "phase" | "step" | "stepsPerSecond" | "arms">;

/**
 * A sentence about the change from `before` to `now`, or null when there is nothing to say.
 * @param due whether it is time for a word of progress
 */
export function announcement(before: Announced, now: Announced, due: boolean): string | null {
  const broken = now.arms.find(({ stopped }, i) => stopped !== null && before.arms[i]?.stopped == null);
  if (broken?.stopped != null) return `Training stopped. ${broken.stopped}`;
  const step = now.step.toLocaleString("en");
  if (now.phase === "training" && before.phase !== "training") return `Training from step ${step}.`;
  if (now.phase === "paused" && before.phase === "training") return `Paused at step ${step}.`;
  if (now.step === 0 && before.step > 0) return "Started anew, at step 0.";
  if (now.phase === "paused" && now.step > before.step) return `Step ${step}.`;
  if (due && now.phase === "training") {
    return `Training. Step ${step}, ${Math.round(now.stepsPerSecond).toLocaleString("en")} steps a second.`;
  }
  return null;
}
