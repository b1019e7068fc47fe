/** What is marked on a chart, and where: changes that the run remembers, and the page's own marks. Draws nothing. */
import { armLetter } from "../../core/arms";
import type { Curves } from "../../core/history";
import type { ChartMark } from "./marks";
import type { ArmCurves } from "./rows";

/**
 * Changes of all arms by step, and the page's own marks, each with its arm's letter where there are several.
 * @param first the first step that the chart's rows tell of: what was changed before stands there, since the chart has no place for it
 */
export function changesOf(arms: readonly ArmCurves[], marks: readonly ChartMark[], first: number): Curves["changes"] {
  const all = arms.flatMap(({ arm, changes }) =>
    [...changes, ...marks.filter((mark) => mark.arm === arm)].map(({ step, text }) => ({
      step: Math.max(step, first),
      text: arms.length > 1 ? `${armLetter(arm)} ${text}` : text,
    })),
  );
  return all.sort((x, y) => x.step - y.step);
}
