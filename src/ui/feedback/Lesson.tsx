/** What to look for in the experiment that runs: the preset's lesson, or where the experiment came from. */
import { IconBulb } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { firstConfig, isComparing } from "../../client/selectors";
import { useActions, usePlayground } from "../../client/use-playground";
import { datasetOf } from "../../core/datasets";
import { datasetLesson } from "../../core/datasets/lessons";
import { modelOf } from "../../core/models";
import { PRESETS, type PresetId, presetOf } from "../../core/presets";
import { formerPresetOf } from "../../core/presets/former";
import { StoryButton } from "../compare/StoryButton";
import { Intro } from "../learn/Intro";
import { DoneCard } from "../quality/DoneCard";
import { useDone } from "../quality/use-done";
import classes from "./feedback.module.css";

export function Lesson() {
  const config = usePlayground(firstConfig);
  const comparing = usePlayground(isComparing);
  const actions = useActions();
  const exact = presetOf(config);
  const [last, setLast] = useState<PresetId | null>(exact);
  useEffect(() => {
    if (exact !== null) setLast(exact);
  }, [exact]);
  const former = formerPresetOf(config);
  const { done, dismiss } = useDone();
  if (comparing && exact === null) return null; // the comparison brings its own sentences
  if (done !== null) {
    return (
      <Strip>
        <DoneCard done={done} onDismiss={dismiss} />
      </Strip>
    );
  }
  const id = exact ?? former ?? last;
  if (id === null || PRESETS[id].config.dataset !== config.dataset) {
    return (
      <Strip title={`Your own experiment with ${datasetOf(config.dataset).name}.`}>
        {datasetLesson(config.dataset, modelOf(config).judge !== null)}
      </Strip>
    );
  }
  const { name, lesson } = PRESETS[id];
  if (exact !== null) {
    const ofOne = comparing && PRESETS[id].comparison === undefined;
    return <Strip title={ofOne ? "What to look for in arm A." : "What to look for."}>{lesson}</Strip>;
  }
  return (
    <Strip title={former === null ? `Changed from “${name}”.` : `“${name}” as it was.`}>
      {former === null
        ? lesson
        : "This link opens the experiment that it was made for; the preset has been improved since."}{" "}
      <button
        type="button"
        className={classes.textButton}
        onClick={() => actions.setConfig({ ...PRESETS[id].config, seed: config.seed })}
      >
        {former === null ? "Go back to the preset" : "Open the preset of today"}
      </button>
    </Strip>
  );
}

function Strip({ title, children }: { title?: string; children: React.ReactNode }) {
  const comparing = usePlayground(isComparing);
  const playsGame = usePlayground((state) => modelOf(firstConfig(state)).judge !== null);
  return (
    <section className={classes.lesson} aria-label="What to look for">
      {!comparing && playsGame && <Intro />}
      {title === undefined ? (
        children
      ) : (
        <p>
          <IconBulb size={16} className={classes.lessonIcon} aria-hidden="true" /> <strong>{title}</strong> {children}{" "}
          <StoryButton />
        </p>
      )}
    </section>
  );
}
