/** Marks on the charts that are the page's own, beside the changes that the run remembers: what the doctor saw, and where. */
import { create } from "zustand";
import type { ArmId } from "../../core/arms";

export interface ChartMark {
  readonly arm: ArmId;
  readonly step: number;
  readonly text: string;
}

export const useMarks = create<{ readonly marks: readonly ChartMark[] }>(() => ({ marks: [] }));

export const setMarks = (marks: readonly ChartMark[]): void => useMarks.setState({ marks });
