/** What fixtures of format 1 give a run in place of what it would draw, and the weights that they expect of it. Knows no experiment. */
import * as v from "valibot";
import type { Snapshot } from "../../core/snapshot";
import type { RealSource } from "../../engine/data";
import { type Deviation, TOLERANCES, Worst, within } from "./comparison";

export const numbers = v.array(v.number());
export const count = v.pipe(v.number(), v.integer(), v.minValue(1));
export const tensors = v.array(v.object({ name: v.string(), shape: numbers, values: numbers }));

/** Tensors by network. */
type Weights = Readonly<Record<string, v.InferOutput<typeof tensors>>>;

/** Every minibatch and label is given, so there is nothing to draw. */
export function givenData(shape: readonly number[], classes?: number): RealSource {
  const refuse = () => {
    throw new Error("A fixture gives its own minibatches; none is drawn.");
  };
  return {
    shape: [...shape],
    ready: () => undefined,
    minibatch: refuse,
    ...(classes === undefined ? {} : { labels: { count: classes, fill: refuse } }),
  };
}

/**
 * The trainer's own start with the fixture's weights and spectral vectors in place.
 * @param spectral vectors by "network/layer"
 * @throws Error in a sentence when a weight is missing, or one has no place
 */
export function givenStart(
  blank: Snapshot,
  weights: Weights,
  spectral: Readonly<Record<string, readonly number[]>> = {},
): Snapshot {
  const given = new Map<string, { shape: readonly number[]; values: Float32Array }>();
  for (const [network, own] of Object.entries(weights)) {
    for (const { name, shape, values } of own) {
      given.set(`${network}/weights/${name}`, { shape, values: Float32Array.from(values) });
    }
  }
  for (const [place, values] of Object.entries(spectral)) {
    const [network, ...layer] = place.split("/");
    const name = `${network}/spectral/${layer.join("/")}/u`;
    given.set(name, { shape: [values.length], values: Float32Array.from(values) });
  }
  const placed = blank.tensors.map((tensor) => {
    const found = given.get(tensor.name);
    given.delete(tensor.name);
    if (found === undefined && tensor.name.includes("/weights/")) {
      throw new Error(`the fixture lacks the weight ${tensor.name} that its layers ask for`);
    }
    return found === undefined ? tensor : { name: tensor.name, ...found };
  });
  const unused = given.keys().next();
  if (!unused.done) throw new Error(`the fixture brings ${unused.value}, for which its layers have no place`);
  return { ...blank, tensors: placed };
}

export function worstWeight(expected: Weights, saved: Snapshot): Deviation {
  const found = new Map(saved.tensors.map(({ name, values }) => [name, values]));
  const worst = new Worst();
  for (const [network, own] of Object.entries(expected)) {
    for (const { name, values } of own) {
      worst.seeAll(found.get(`${network}/weights/${name}`), values, `${network} ${name}`, within(TOLERANCES.weights));
    }
  }
  return worst.deviation;
}
