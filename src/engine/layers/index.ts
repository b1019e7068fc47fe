/** The maths of the table of layers (core/architecture/layer-table.ts). To add one: its row there, a file here, a line below. */
import type { LayerType } from "../../core/architecture/layers";
import { batchNorm } from "./batch-norm";
import { conditionalBatchNorm } from "./conditional-batch-norm";
import { conv2d } from "./conv2d";
import { conv2dTranspose } from "./conv2d-transpose";
import { dense } from "./dense";
import { dropout } from "./dropout";
import { embedding } from "./embedding";
import { groupNorm } from "./group-norm";
import { layerNorm } from "./layer-norm";
import { minibatchStdDev } from "./minibatch-std-dev";
import { pixelNorm } from "./pixel-norm";
import { projection } from "./projection";
import { reshape } from "./reshape";
import { residual } from "./residual";
import { selfAttention } from "./self-attention";
import { skip } from "./skip";
import type { Layer } from "./types";
import { upsample } from "./upsample";

export type { Moments, Pass } from "./types";

export const LAYERS: { readonly [T in LayerType]: Layer<T> } = {
  dense,
  conv2d,
  conv2dTranspose,
  batchNorm,
  layerNorm,
  dropout,
  upsample,
  reshape,
  flatten: reshape,
  minibatchStdDev,
  pixelNorm,
  groupNorm,
  selfAttention,
  embedding,
  conditionalBatchNorm,
  projection,
  residual,
  skip,
};
