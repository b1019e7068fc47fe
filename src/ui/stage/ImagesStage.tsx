/** The stage for images: what G makes of its fixed latents beside real images, each with D's opinion under it. */

import { useElementSize } from "@mantine/hooks";
import { type ReactNode, useCallback, useId, useMemo } from "react";
import type { ArmId } from "../../core/arms";
import { type ExperimentConfig, lossOf } from "../../core/config";
import { classNames } from "../../core/datasets";
import type { LossId } from "../../core/losses";
import { isTold, judgesByClass } from "../../core/models";
import { opinionOf } from "../../core/opinion";
import type { StageFrame } from "../../core/stage";
import { useRoleColors } from "../theme/use-role-colors";
import { Canvas, type Paint } from "./Canvas";
import { FakeButtons } from "./FakeButtons";
import { GUTTER, gridSize, type ImageGrid, imageLayout } from "./image-layout";
import { barRange, drawClassNames, drawImages } from "./images-view";
import { useArmSource } from "./live";
import { Words } from "./PointsStage";

type ImagesFrame = Extract<StageFrame, { kind: "images" }>;

interface Props {
  readonly arm: ArmId;
  readonly loss: LossId | null;
  /** Of the frames to come: how many images of what size. */
  readonly height: number;
  readonly width: number;
  readonly fakes: number;
  readonly reals: number;
  /** Rows of the fakes, one a class; 0 where they are of none. */
  readonly classes: number;
  readonly judged: boolean;
  readonly remade: boolean;
  /** What stands over the picture. */
  readonly children: ReactNode;
}

/** What of an arm is drawn here. */
const DRAWN = ["config", "stage"] as const;

export function ImagesStage({ arm, loss, height, width, children, ...counts }: Props) {
  const { fakes, reals, classes, judged, remade } = counts;
  const words = useId();
  const box = useElementSize();
  const layout = useMemo(
    () =>
      imageLayout(
        { width: box.width, height: box.height },
        { height, width },
        { fakes, reals, classes, judged, remade },
      ),
    [box.width, box.height, height, width, fakes, reals, classes, judged, remade],
  );
  const opinion = opinionOf(loss);
  return (
    <section aria-label="Stage" className="stage-images" aria-describedby={words}>
      <div ref={box.ref} className="stage-images-box">
        {box.width > 0 && (
          <div className="stage-images-grids" style={{ flexDirection: layout.stacked ? "column" : "row", gap: GUTTER }}>
            <Grid arm={arm} side="fake" grid={layout.fakes} />
            <Grid arm={arm} side="real" grid={layout.reals} />
            {remade && <Grid arm={arm} side="remade" grid={layout.reals} />}
          </div>
        )}
        {children}
      </div>
      <Words id={words} arm={arm} opinion={opinion} />
    </section>
  );
}

/** What stands under the images. */
export function ImagesNote({ config }: { readonly config: ExperimentConfig }) {
  const rows = isTold(config) ? "A row a class, a column the same z. " : "";
  const press = "Press a generated image to take its latent.";
  const loss = lossOf(config);
  if (loss === null) return <p className="stage-note">{`${rows}${press}`}</p>;
  const real = judgesByClass(config) ? "a real one of its class" : "real";
  const what = opinionOf(loss).probability
    ? `D's probability that it is ${real}`
    : "D's raw score; bars span all scores shown";
  return <p className="stage-note">{`${rows}Under each image: ${what}. ${press}`}</p>;
}

const SIDES = {
  fake: {
    label: "Generated samples",
    title: "Generated G(z)",
    of: (frame: ImagesFrame) => ({ pixels: frame.fakes, logits: frame.fakeLogits }),
  },
  real: {
    label: "Real samples",
    title: "Real x",
    of: (frame: ImagesFrame) => ({ pixels: frame.reals, logits: frame.realLogits }),
  },
  remade: {
    label: "The same samples, coded and made again",
    title: "The same, coded and made again",
    of: (frame: ImagesFrame) => ({ pixels: frame.remade ?? frame.reals, logits: frame.realLogits }),
  },
} as const;

interface GridProps {
  readonly arm: ArmId;
  readonly side: keyof typeof SIDES;
  readonly grid: ImageGrid;
}

function Grid({ arm, side, grid }: GridProps) {
  const size = gridSize(grid);
  const colors = useRoleColors();
  const source = useArmSource(arm, DRAWN);
  const { label, title, of } = SIDES[side];
  const paint = useCallback<Paint>(
    (context) => {
      const view = source.get();
      const frame = view?.stage?.frame;
      if (!view || frame?.kind !== "images") return;
      const opinion = opinionOf(lossOf(view.config));
      const images = { ...of(frame), height: frame.height, width: frame.width };
      const range = barRange(opinion, frame.fakeLogits, frame.realLogits);
      drawImages(context, images, grid, side === "real" ? "real" : "fake", opinion, range, colors);
      if (side === "fake" && grid.left > 0) drawClassNames(context, grid, classNames(view.config.dataset), colors);
    },
    [source, colors, of, grid, side],
  );
  return (
    <figure className="stage-grid">
      <figcaption className={`stage-grid-title role-${side === "real" ? "real" : "fake"}`}>{title}</figcaption>
      <div style={{ position: "relative", width: size.width, height: size.height }}>
        <Canvas label={label} subscribe={source.subscribe} paint={paint} />
        {side === "fake" && <FakeButtons arm={arm} grid={grid} />}
      </div>
    </figure>
  );
}
