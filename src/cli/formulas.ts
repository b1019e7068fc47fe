/** The formulas of core's catalogues, typeset. Writes nothing. */
import katex from "katex";
import { LOSS_IDS, LOSSES } from "../core/losses";
import { PENALTIES, PENALTY_IDS } from "../core/penalties";
import { stageFormulas } from "../core/slow-motion/words";

/** HTML (for eyes) with MathML (for screen readers) of every formula, by its TeX. @throws KaTeX's error for bad TeX */
export function typesetFormulas(): Record<string, string> {
  const sources = [
    ...LOSS_IDS.flatMap((id) => [LOSSES[id].generatorTex, LOSSES[id].discriminatorTex]),
    ...PENALTY_IDS.map((id) => PENALTIES[id].tex),
    ...stageFormulas(),
  ];
  return Object.fromEntries(
    sources.map((tex) => [tex, katex.renderToString(tex, { output: "htmlAndMathml", throwOnError: true })]),
  );
}
