/** What G makes of the sliders' latent, and what D says of it: a picture for images, coordinates for points. */

import { useCallback } from "react";
import { firstConfig } from "../../client/selectors";
import type { ArmView } from "../../client/store";
import { usePlayground } from "../../client/use-playground";
import { type ArmId, armLetter } from "../../core/arms";
import { lossOf } from "../../core/config";
import { datasetOf } from "../../core/datasets";
import { formatNumber } from "../../core/format";
import { isTold, modelOf } from "../../core/models";
import { opinionOf } from "../../core/opinion";
import { Canvas, type Paint } from "../stage/Canvas";
import { drawImageAt } from "../stage/images-view";
import { ARM_CONFIG, type ForArm, forEachArm, useArmSource, useThrottled } from "../stage/live";
import { Reading } from "../theme/Reading";

/** Numbers under a moving slider change faster than training's: they answer a hand. Two frames, and one small render. */
const ANSWER_MS = 33;

interface Props {
  readonly arm: ArmId;
  readonly comparing: boolean;
}

/** What of an arm is drawn here. */
const DRAWN = ["config", "latentSample"] as const;

export function Sample({ arm, comparing }: Props) {
  const dataset = usePlayground((state) => firstConfig(state).dataset);
  const images = datasetOf(dataset).kind === "images";
  const label = comparing ? `Latent sample, arm ${armLetter(arm)}` : "Latent sample";
  return (
    <div className={images ? "latent-sample latent-sample-image" : "latent-sample"}>
      {images && <SampleImage arm={arm} label={label} />}
      <SampleWords arm={arm} comparing={comparing} images={images} />
    </div>
  );
}

function SampleImage({ arm, label }: { readonly arm: ArmId; readonly label: string }) {
  const source = useArmSource(arm, DRAWN);
  const paint = useCallback<Paint>(
    (context, width, height) => {
      const view = source.get();
      const pixels = view?.latentSample?.values;
      if (!view || !(pixels instanceof Uint8ClampedArray)) return;
      const dataset = datasetOf(view.config.dataset);
      if (dataset.kind !== "images") return;
      const [rows, columns] = dataset.shape;
      if (pixels.length < rows * columns * 4) return; // of the data before a change
      const images = { pixels, height: rows, width: columns, logits: EMPTY };
      drawImageAt(context, images, 0, { x: 0, y: 0, width, height });
    },
    [source],
  );
  return (
    <div className="latent-image">
      <Canvas label={label} subscribe={source.subscribe} paint={paint} />
    </div>
  );
}

/** "(0.413, −1.2)", and for data on the line the number alone. */
const coordinates = (values: ArrayLike<number>) => {
  const numbers = Array.from(values, (x) => formatNumber(x)).join(", ");
  return values.length === 1 ? numbers : `(${numbers})`;
};

const EMPTY = new Float32Array(0);

const SAMPLE: ForArm<ArmView["latentSample"]> = forEachArm((view) => view?.latentSample ?? null);

/** What G makes of the latent in numbers, for points, and what D thinks of it. */
export function SampleWords({ arm, comparing, images }: Props & { readonly images: boolean }) {
  const sample = useThrottled(SAMPLE[arm], ANSWER_MS, false);
  const loss = usePlayground((state) => lossOf(ARM_CONFIG[arm](state)));
  const judged = usePlayground((state) => modelOf(ARM_CONFIG[arm](state)).judge !== null);
  const told = usePlayground((state) => isTold(ARM_CONFIG[arm](state)));
  const opinion = opinionOf(loss);
  const value = sample ? opinion.format(opinion.value(sample.logit)) : "–";
  const point = !images && sample ? coordinates(sample.values) : null;
  return (
    <p className="latent-words">
      {comparing && (
        <span className={`arm-badge arm-badge-${arm}`}>
          <span className="visually-hidden">Arm </span>
          {armLetter(arm)}
        </span>
      )}{" "}
      {!images && (
        <>
          <span className="role-generator">{told ? "G(z, y)" : "G(z)"}</span> ={" "}
          <Reading width={20}>{point ?? "–"}</Reading>{" "}
        </>
      )}
      {judged && (
        <span className="latent-opinion">
          <span className="role-discriminator">D</span>
          {opinion.probability ? " says " : " scores "}
          <Reading>{value}</Reading>
        </span>
      )}
    </p>
  );
}
