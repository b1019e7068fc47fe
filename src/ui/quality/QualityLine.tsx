/** How good one arm of a comparison is, in as little room as its numbers take: name, number and word; no bars (QualityStrip). */
import type { ArmId } from "../../core/arms";
import { MEASURES, type MeasureId } from "../../core/quality/measures";
import { VERDICT_WORDS, type Verdict } from "../../core/quality/verdict";
import { Term } from "../learn/Term";
import { MEASURE_TERMS } from "./measure-terms";
import { type Read, useQuality } from "./use-quality";
import "./quality.css";

/** The words that fit. */
const SHORT: Readonly<Record<Verdict, string>> = { ...VERDICT_WORDS, moving: "moving" };

const SHORT_NAMES: Readonly<Partial<Record<MeasureId, string>>> = {
  modes20: "Clusters",
  classesFound: "Classes",
  frechet: "Fréchet",
};

interface Props {
  readonly arm: ArmId;
}

export function QualityLine({ arm }: Props) {
  const { reads } = useQuality(arm);
  return (
    <ul className="quality-line number" aria-label="How good is it?">
      {reads.map((read) => (
        <Item key={read.id} {...read} />
      ))}
    </ul>
  );
}

function Item({ id, text, word }: Read) {
  return (
    <li data-measure={id} data-word={word ?? "none"}>
      <span className="quality-line-name">
        <Term id={MEASURE_TERMS[id]}>{SHORT_NAMES[id] ?? MEASURES[id].name}</Term>
      </span>{" "}
      <span className="quality-line-value">{text}</span>{" "}
      <span className="quality-line-word">{word === null ? "" : SHORT[word]}</span>
    </li>
  );
}
