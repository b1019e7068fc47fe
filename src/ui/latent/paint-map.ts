/** A map of latent space: where G sends each z, or what D says of it, or the images themselves. Draws; asks nothing, no React. */
import type { LatentState } from "../../client/latents/latent-state";
import { firstConfig } from "../../client/selectors";
import type { PlaygroundState } from "../../client/store";
import type { ArmId } from "../../core/arms";
import { type ExperimentConfig, lossOf } from "../../core/config";
import { datasetOf } from "../../core/datasets";
import { opinionOf } from "../../core/opinion";
import { plotFont } from "../stage/axes";
import { heatPixels } from "../stage/heat-map";
import { heatScale } from "../stage/heat-scale";
import { drawImageAt } from "../stage/images-view";
import { ARM } from "../stage/live";
import { pixelPicture } from "../stage/pixel-picture";
import type { RoleColors } from "../theme/colors";
import { placePixels, regionsOf } from "./place-map";
import type { MapScheme } from "./position-color";

/** Fills width × height CSS pixels with the map of an arm. */
export function paintMap(
  context: CanvasRenderingContext2D,
  { width, height }: { readonly width: number; readonly height: number },
  { map, tint }: Pick<LatentState, "map" | "tint">,
  state: PlaygroundState,
  arm: ArmId,
  colors: RoleColors,
  scheme: MapScheme,
): void {
  context.fillStyle = colors.plot;
  context.fillRect(0, 0, width, height);
  const answer = map?.arms.find((one) => one.arm === arm);
  if (tint === "none" || map === null || answer === undefined) return;
  const config: ExperimentConfig = ARM[arm](state)?.config ?? firstConfig(state);
  const dataset = datasetOf(config.dataset);
  const { samples, logits } = answer;
  if (tint === "opinion") {
    const pixels = heatPixels(logits, heatScale(logits, opinionOf(lossOf(config)), "contrast"), colors);
    drawSmooth(context, pixels, map.side, width, height);
  } else if (dataset.kind === "images") {
    const [rows, columns] = dataset.shape;
    if (!(samples instanceof Uint8ClampedArray) || samples.length < map.side ** 2 * rows * columns * 4) return;
    const images = { pixels: samples, height: rows, width: columns, logits };
    const cell = { width: width / map.side, height: height / map.side };
    for (let i = 0; i < map.side ** 2; i++) {
      const [x, y] = [(i % map.side) * cell.width, Math.floor(i / map.side) * cell.height];
      drawImageAt(context, images, i, { x, y, ...cell });
    }
  } else if (samples instanceof Float32Array && samples.length === map.side ** 2 * dataset.dimension) {
    const { dimension, extent, modes } = dataset;
    const input = { samples, side: map.side, dimension, extent, modes };
    const pixels = placePixels(input, scheme);
    drawSmooth(context, pixels, Math.sqrt(pixels.length / 4), width, height);
    context.font = `600 ${plotFont(context)}`;
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.fillStyle = colors.ink;
    for (const { number, x, y } of regionsOf(input)) context.fillText(String(number), x * width, y * height);
  }
}

function drawSmooth(
  context: CanvasRenderingContext2D,
  pixels: Uint8ClampedArray<ArrayBuffer>,
  side: number,
  width: number,
  height: number,
): void {
  context.imageSmoothingEnabled = true;
  context.imageSmoothingQuality = "high";
  context.drawImage(pixelPicture(pixels, side), 0, 0, width, height);
}
