/** Marks on the charts that are the page's own, beside the changes that the run remembers: what the doctor saw, and where. */
import { create } from "zustand";
import { steady } from "../../client/state-parts";
import type { ArmId } from "../../core/arms";

export interface ChartMark {
  readonly arm: ArmId;
  readonly step: number;
  readonly text: string;
}

export const useMarks = create<{ readonly marks: readonly ChartMark[] }>(() => ({ marks: [] }));

/** Marks that say the same as those that are there change nothing: every chart would be drawn anew. */
export const setMarks = (marks: readonly ChartMark[]): void =>
  useMarks.setState((before) => ({ marks: steady(before.marks, marks) }));
