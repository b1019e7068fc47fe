/** The sample of the present latent, large; it stays in view whatever its tab shows. And what moves the latent as a whole. */
import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconDice3,
  IconPlayerPauseFilled,
  IconPlayerPlayFilled,
} from "@tabler/icons-react";
import { useCallback } from "react";
import { useActions, usePlayground } from "../../client/use-playground";
import { armLetter } from "../../core/arms";
import { ClassPicker } from "../latent/ClassPicker";
import { drawLatent } from "../latent/latent-store";
import { SampleWords } from "../latent/Sample";
import { Canvas, type Paint } from "../stage/Canvas";
import { useArmIds, useArmSource } from "../stage/live";
import { SavePicture } from "../take-away/SavePicture";
import { drawSample, type Look } from "./draw-samples";
import { redoLatent, undoLatent, useLatentUndo } from "./latent-undo";
import { samplesStill } from "./samples-still";
import { setLatent, useSpace, useSpaceArm } from "./space-store";

const NOTHING = new Float32Array(0);

/** What of an arm is drawn here. */
const DRAWN = ["latentSample"] as const;

export function Now({ look }: { readonly look: Look }) {
  const arm = useSpaceArm();
  const arms = useArmIds();
  const source = useArmSource(arm, DRAWN);
  const { toggleTraining } = useActions();
  const training = usePlayground((state) => state.wantsTraining);
  const step = usePlayground((state) => state.step);
  const [canUndo, canRedo] = [
    useLatentUndo(({ past }) => past.length > 0),
    useLatentUndo(({ future }) => future.length > 0),
  ];
  const paint = useCallback<Paint>(
    (context, width, height) => {
      const sample = source.get()?.latentSample?.values;
      if (sample !== undefined) drawSample(context, look, sample, 0, { x: 0, y: 0, width, height });
    },
    [source, look],
  );
  const save = () => samplesStill(look, source.get()?.latentSample?.values ?? NOTHING, 1);
  return (
    <section className="space-now" aria-label="The present sample">
      <div className="space-picture">
        <Canvas label="The present sample" subscribe={source.subscribe} paint={paint} />
      </div>
      <div className="space-now-side">
        {arms.length > 1 && (
          <fieldset className="space-row">
            <legend className="visually-hidden">Arm</legend>
            {arms.map((id) => (
              <button key={id} type="button" aria-pressed={id === arm} onClick={() => useSpace.setState({ arm: id })}>
                Arm {armLetter(id)}
              </button>
            ))}
          </fieldset>
        )}
        <SampleWords arm={arm} comparing={false} images={look.dataset.kind === "images"} />
        <div className="space-row">
          <button type="button" onClick={() => setLatent(drawLatent())}>
            <IconDice3 size={14} aria-hidden="true" /> Another
          </button>
          <button
            type="button"
            aria-label="Undo the latent's change"
            title="Undo"
            disabled={!canUndo}
            onClick={undoLatent}
          >
            <IconArrowBackUp size={16} aria-hidden="true" />
          </button>
          <button
            type="button"
            aria-label="Redo the latent's change"
            title="Redo"
            disabled={!canRedo}
            onClick={redoLatent}
          >
            <IconArrowForwardUp size={16} aria-hidden="true" />
          </button>
          <SavePicture what="the sample" id="sample" make={save} small />
        </div>
        <div className="space-row">
          <button type="button" onClick={toggleTraining} className="space-train">
            {training ? (
              <IconPlayerPauseFilled size={13} aria-hidden="true" />
            ) : (
              <IconPlayerPlayFilled size={13} aria-hidden="true" />
            )}
            {training ? "Pause training" : "Train G"}
          </button>
          <span className="space-note number">step {step.toLocaleString("en")}</span>
        </div>
        <ClassPicker />
      </div>
    </section>
  );
}
