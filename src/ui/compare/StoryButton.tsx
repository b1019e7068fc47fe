/** One press opens the comparison that is asked for most, and begins it: the saturating loss beside the non-saturating one. */
import { IconColumns2 } from "@tabler/icons-react";
import { useMemo } from "react";
import { useActions, usePlayground } from "../../client/use-playground";
import { saturatingStory } from "../../core/presets";
import "./compare.css";

const STORY = saturatingStory();

export function StoryButton() {
  const experiment = usePlayground((state) => state.experiment);
  const open = useMemo(() => JSON.stringify(experiment) === JSON.stringify(STORY), [experiment]);
  const { openExperiment, train } = useActions();
  if (open) return null;
  return (
    <button
      type="button"
      className="story-button"
      title="Trains two arms from the same weights, minibatches and noise: one loss of G saturates, the other does not"
      onClick={() => {
        openExperiment(STORY);
        train();
      }}
    >
      <IconColumns2 size={14} aria-hidden="true" />
      Saturating vs non-saturating
    </button>
  );
}
