/** What comes out of a model, in the live diagram: its name, its numbers, and a bar for a share of 1. */
import { type CSSProperties, memo } from "react";
import { formatNumber } from "../../core/format";
import type { NetworkOutput, OutputNumber } from "../../core/models/types";
import { Term } from "../learn/Term";
import { outputNumber } from "../model/model-numbers";
import { Reading } from "../theme/Reading";
import { useLitPart } from "./lit";

type Readings = Readonly<Record<string, number>>;

interface Props {
  readonly output: NetworkOutput;
  /** The network that it comes from. */
  readonly network: string;
  readonly readings: Readings;
  /** Whether the loss makes D's output a probability. */
  readonly probability: boolean;
  readonly style?: CSSProperties;
}

/** What comes out, as it is called where there is room for the word. */
export const OutputName = memo(function OutputName({ output }: { readonly output: NetworkOutput }) {
  const { symbol, word, role, term } = output;
  return (
    <span className={`role-${role}`}>
      <Term id={term}>
        {word !== undefined && <span className="flow-word">{word} </span>}
        {symbol}
      </Term>
    </span>
  );
});

export function FlowOutput({ output, network, readings, probability, style }: Props) {
  const { role, numbers } = output;
  const [only] = numbers.length === 1 ? numbers : [];
  const lit = useLitPart(
    ...(role === "real" ? [] : [`${network}:made`]),
    ...(role === "fake" ? [] : [`${network}:real`]),
  );
  return (
    <div className="flow-output" style={style} {...lit}>
      <OutputName output={output} />
      <span className="flow-values">
        {numbers.map((number) => (
          <span key={number.reading} className={number.role === undefined ? undefined : `role-${number.role}`}>
            {number.label !== undefined && <small>{number.label} </small>}
            <Reading width={numbers.length > 1 ? 5 : 7} align="end">
              {formatNumber(outputNumber(number, readings, probability))}
            </Reading>
          </span>
        ))}
      </span>
      {only !== undefined && isShare(only, probability) && (
        <span className="flow-bar" aria-hidden="true">
          <span
            className={`flow-bar-${role}`}
            style={{ width: `${percent(outputNumber(only, readings, probability))}%` }}
          />
        </span>
      )}
    </div>
  );
}

/** An output's numbers in words: "D(x) 0.53." */
export function outputWords(
  { symbol, word, numbers }: NetworkOutput,
  readings: Readings,
  probability: boolean,
): string {
  if (numbers.length === 0) return "";
  const parts = numbers.map((number) => {
    const what = [number.role === undefined ? "" : `${number.role}s`, number.label ?? ""].filter(Boolean).join(" ");
    return `${what === "" ? "" : `${what} `}${formatNumber(outputNumber(number, readings, probability))}`;
  });
  return `${word === undefined ? "" : `${word} `}${symbol} ${parts.join(", ")}.`;
}

const isShare = ({ share, score }: OutputNumber, probability: boolean) =>
  share === true && (probability || score === undefined);

const percent = (value: number) => (Number.isFinite(value) ? 100 * Math.min(1, Math.max(0, value)) : 0);
