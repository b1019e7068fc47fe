/** The numbers of a stage, as names and texts. Pure; no React. */
import { type ExperimentConfig, lossOf } from "../../../core/config";
import { sigmoid } from "../../../core/density";
import { formatNumber, formatProbability } from "../../../core/format";
import { modelOf } from "../../../core/models";
import { opinionOf } from "../../../core/opinion";
import type { SlowStage, TensorSummary } from "../../../core/slow-motion/types";

export interface StageNumber {
  readonly name: string;
  readonly text: string;
}

export function stageNumbers(stage: SlowStage, config: ExperimentConfig): readonly StageNumber[] {
  const model = modelOf(config);
  const symbol = (network: string) => model.networks[network]?.symbol ?? network;
  switch (stage.kind) {
    case "draw":
      return stage.what === "labels" ? classes(stage.numbers) : [...batch(stage.numbers), ...spread(stage.numbers)];
    case "pass": {
      const judged = stage.network === model.judge && opinionOf(lossOf(config)).probability;
      const { numbers } = stage;
      return [
        ...batch(numbers),
        ...spread(numbers),
        ...(judged ? [{ name: "as a probability", text: formatProbability(sigmoid(numbers.mean)) }] : []),
      ];
    }
    case "loss":
      return losses(stage.readings, config);
    case "gradient":
      return Object.entries(stage.norms).map(([network, norm]) => ({
        name: `length, all weights of ${symbol(network)}`,
        text: formatNumber(norm),
      }));
    case "update":
      return Object.entries(stage.networks).map(([network, { change, weights }]) => ({
        name: `${symbol(network)}'s weights moved by`,
        text: `${formatNumber(change, 2)} of a length of ${formatNumber(weights)}: ${formatNumber((100 * change) / weights, 2)} %`,
      }));
    default:
      return stage satisfies never;
  }
}

/** How many there are, and the first ones. */
function batch({ shape, examples }: TensorSummary): readonly StageNumber[] {
  const [count = 0, ...rest] = shape;
  const size = rest.reduce((a, b) => a * b, 1);
  const what =
    rest.length < 2
      ? size === 1
        ? `${count} numbers`
        : `${count} of ${size} numbers`
      : `${count} of ${rest.join(" × ")}`;
  const firsts = Array.from({ length: Math.floor(examples.length / size) }, (_, i) => {
    const numbers = [...examples.subarray(i * size, (i + 1) * size)].map((value) => value.toFixed(2).replace("-", "−"));
    return size === 1 ? (numbers[0] ?? "") : `(${numbers.join(", ")})`;
  });
  // An example of many numbers says nothing to the eye.
  const few = size <= 4 && firsts.length > 0 ? [{ name: "the first", text: firsts.join("  ") }] : [];
  return [{ name: "minibatch", text: what }, ...few];
}

const spread = ({ mean, deviation, lowest, highest }: TensorSummary): readonly StageNumber[] => [
  { name: "mean", text: formatNumber(mean, 2) },
  { name: "spread", text: formatNumber(deviation, 2) },
  { name: "from … to", text: `${formatNumber(lowest, 2)} … ${formatNumber(highest, 2)}` },
];

/** The first classes of one-hot rows. */
function classes({ shape, examples }: TensorSummary): readonly StageNumber[] {
  const [count = 0, size = 1] = shape;
  const firsts = Array.from({ length: Math.floor(examples.length / size) }, (_, i) =>
    examples.subarray(i * size, (i + 1) * size).indexOf(1),
  );
  return [
    { name: "minibatch", text: `${count} of ${size} classes` },
    ...(firsts.length > 0 ? [{ name: "the first", text: firsts.join(", ") }] : []),
  ];
}

/** What of a turn's readings is its loss, or part of it; one that says the same as another before it is left out. */
function losses(readings: Readonly<Record<string, number>>, config: ExperimentConfig): readonly StageNumber[] {
  const model = modelOf(config);
  const told = Object.entries(model.readings).filter(
    ([id, { words }]) =>
      id in readings && (model.judge === null ? !words.startsWith("the norm") : words.includes("loss")),
  );
  const seen = new Set<number>();
  return told.flatMap(([id, { words }]) => {
    const value = readings[id] ?? Number.NaN;
    if (seen.has(value)) return [];
    seen.add(value);
    return [{ name: words.replace(/^the /, ""), text: formatNumber(value) }];
  });
}
