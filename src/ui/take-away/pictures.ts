/** Which pictures can be taken away of what runs now, and how each comes about. One row each; drawing is stills.ts. */

import { firstConfig } from "../../client/selectors";
import type { PlaygroundState } from "../../client/store";
import { playground } from "../../client/use-playground";
import type { ArmId } from "../../core/arms";
import { datasetOf } from "../../core/datasets";
import { latentPlane } from "../../core/latent-plane";
import { sliderRange } from "../../core/latents";
import { usualWay, walkLatents } from "../../core/walk";
import { paintMap } from "../latent/paint-map";
import type { MapScheme } from "../latent/position-color";
import type { RoleColors } from "../theme/colors";
import { besideEachOther, imageGrid, type Pixels, pageStill, type Still, stageStill } from "./stills";

export interface PictureScene {
  readonly side: number; // pixels that the longer side may have
  readonly colors: RoleColors;
  readonly scheme: MapScheme;
}

export interface Picture {
  readonly id: string;
  readonly name: string;
  /** Why there is none now, as a sentence; null where there is one. */
  missing(): string | null;
  make(scene: PictureScene): Promise<Still>;
}

/** Cells a side of the plane: of images, which are seen, and of points, which are smoothed. */
const IMAGE_CELLS = 12;
const POINT_CELLS = 32;

const state = (): PlaygroundState => playground().store.getState();
const images = () => datasetOf(firstConfig(state()).dataset).kind === "images";

/** Samples of latents as images, an entry an arm. */
export async function imagesOf(
  latents: Float32Array<ArrayBuffer>,
): Promise<readonly (Pixels & { readonly arm: ArmId })[]> {
  const { size } = firstConfig(state()).latent;
  const { label } = state();
  const generated = await playground().ask({ type: "generate", latents, count: latents.length / size, label });
  return generated.arms.flatMap(({ arm, samples }) => {
    const config = state().arms.find(({ id }) => id === arm)?.config;
    const dataset = config === undefined ? null : datasetOf(config.dataset);
    if (dataset?.kind !== "images" || !(samples instanceof Uint8ClampedArray)) return [];
    const [height, width] = dataset.shape;
    return [{ arm, pixels: samples, height, width }];
  });
}

const grid: Picture = {
  id: "grid",
  name: "Samples, as on the stage",
  missing: () => (state().arms.some(({ stage }) => stage !== null) ? null : "There is no picture yet."),
  async make({ side, colors }) {
    const { arms } = state();
    const stills = arms.flatMap((arm) =>
      arm.stage === null ? [] : [{ arm: arm.id, still: stageStill(arm, arm.stage, side, colors) }],
    );
    return besideEachOther(stills, null, colors);
  },
};

const sample: Picture = {
  id: "sample",
  name: "The sample at the latent sliders",
  missing: () => (images() ? null : "A point is no picture of its own: it is on the stage's picture."),
  async make({ side, colors }) {
    const stills = (await imagesOf(state().latent.slice())).map((own) => ({
      arm: own.arm,
      still: imageGrid(own, 1, side),
    }));
    return besideEachOther(stills, null, colors);
  },
};

const strip: Picture = {
  id: "strip",
  name: "The walk from pin A to pin B",
  missing() {
    if (!images()) return "A walk among points is drawn on the latent pad; as a film it can be taken away below.";
    const { a, b } = playground().latents.store.getState().pins;
    return a !== null && b !== null ? null : "Pin two latents, A and B, in the latent panel first.";
  },
  async make({ side, colors }) {
    const { pins, steps, way } = playground().latents.store.getState();
    const { prior, size } = firstConfig(state()).latent;
    if (pins.a === null || pins.b === null) throw new Error("A pin is gone.");
    const latents = walkLatents(pins.a, pins.b, steps, way ?? usualWay(prior, size));
    const stills = (await imagesOf(latents)).map((own) => ({ arm: own.arm, still: imageGrid(own, steps, side) }));
    return besideEachOther(stills, null, colors);
  },
};

const plane: Picture = {
  id: "plane",
  name: "A plane of latent space",
  missing: () => (firstConfig(state()).latent.size > 1 ? null : "A latent of one number has no plane."),
  async make({ side, colors, scheme }) {
    const { latent, label } = state();
    const { prior } = firstConfig(state()).latent;
    const cells = images() ? IMAGE_CELLS : POINT_CELLS;
    const latents = latentPlane(latent, cells, sliderRange(prior), playground().latents.store.getState().plane);
    if (images()) {
      const stills = (await imagesOf(latents)).map((own) => ({ arm: own.arm, still: imageGrid(own, cells, side) }));
      return besideEachOther(stills, null, colors);
    }
    const { arms } = await playground().ask({ type: "generate", latents, count: cells ** 2, label });
    const map = { side: cells, arms };
    const stills = arms.map(({ arm }) => {
      const draw = (context: CanvasRenderingContext2D, width: number, height: number) =>
        paintMap(context, { width, height }, { map, tint: "place" }, state(), arm, colors, scheme);
      return { arm, still: pageStill(side, (width) => width, draw) };
    });
    return besideEachOther(stills, null, colors);
  },
};

export const PICTURES: readonly Picture[] = [grid, sample, strip, plane];
