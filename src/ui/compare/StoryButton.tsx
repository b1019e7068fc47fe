/**
 * One press opens the comparison that is asked for most, and begins it: the saturating loss beside the non-saturating one, or
 * another model beside the GAN on the same data.
 */
import { IconColumns2 } from "@tabler/icons-react";
import { useMemo } from "react";
import { firstConfig } from "../../client/selectors";
import { useActions, usePlayground } from "../../client/use-playground";
import { withModel } from "../../core/architecture/adapt";
import type { Experiment } from "../../core/arms";
import type { ExperimentConfig } from "../../core/config";
import { saturatingStory } from "../../core/presets";
import "./compare.css";

interface Story {
  readonly name: string;
  readonly title: string;
  readonly experiment: Experiment;
}

const SATURATING: Story = {
  name: "Saturating vs non-saturating",
  title: "Trains two arms from the same weights, minibatches and noise: one loss of G saturates, the other does not",
  experiment: saturatingStory(),
};

export function StoryButton() {
  const experiment = usePlayground((state) => state.experiment);
  const config = usePlayground(firstConfig);
  const story = useMemo(() => (config.model.type === "gan" ? SATURATING : besideGan(config)), [config]);
  const open = useMemo(
    () => JSON.stringify(experiment) === JSON.stringify(story.experiment) || isBesideGan(experiment),
    [experiment, story],
  );
  const { openExperiment, train } = useActions();
  if (open) return null;
  return (
    <button
      type="button"
      className="story-button"
      title={story.title}
      onClick={() => {
        openExperiment(story.experiment);
        train();
      }}
    >
      <IconColumns2 size={14} aria-hidden="true" />
      {story.name}
    </button>
  );
}

function besideGan(config: ExperimentConfig): Story {
  return {
    name: "Beside a GAN",
    title: "Begins anew with two arms on the same data: this model, and the GAN of 2014",
    experiment: {
      arms: [
        { id: "a", config },
        { id: "b", config: withModel(config, "gan") },
      ],
    },
  };
}

/** Whether a GAN is among the arms of another model already. */
function isBesideGan({ arms: [first, ...others] }: Experiment): boolean {
  return first.config.model.type !== "gan" && others.some(({ config }) => config.model.type === "gan");
}
