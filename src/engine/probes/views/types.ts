/** What a view's probe is given, and what it gives. To add a view: its data in core/stage.ts, a file here, its line in index.ts. */
import type { LossId } from "../../../core/losses";
import type { ViewData, ViewId } from "../../../core/stage";
import type { RealSource } from "../../data";
import type { Trainer } from "../../trainer";

export interface Look {
  readonly trainer: Trainer;
  readonly data: RealSource;
  /** The frame's fakes [n, dimension], data units. */
  readonly fakes: Float32Array;
  readonly dimension: 1 | 2;
  /** Whether G's averaged weights are shown, where there are any. */
  readonly averaged: boolean;
  /** The losses of all arms, each once. */
  readonly losses: readonly LossId[];
}

/** Looks at the networks; null where the data have no such view. Buffers made for this look alone: they may be transferred. */
export type ViewProbe<Id extends ViewId> = (look: Look) => Promise<ViewData[Id] | null>;
