/** Layers against PyTorch: output, gradients, and gradients of the squared gradient. Expectations are in tests/fixtures/layers. */
import { readFileSync } from "node:fs";
import * as tf from "@tensorflow/tfjs";
import type { LayerSpec } from "../../src/core/architecture/layers";
import { differentiate } from "../../src/engine/differentiate";
import { buildNetwork } from "../../src/engine/networks/network";
import { worstDifference } from "./numbers";

interface Values {
  readonly shape: number[];
  readonly values: readonly number[];
}

export interface LayerCase {
  readonly name: string;
  readonly spec: LayerSpec;
  readonly x: Values;
  readonly weights: readonly (Values & { readonly name: string })[];
  readonly condition: Values | null;
  readonly r: readonly number[];
  readonly y: readonly number[];
  readonly dx: readonly number[];
  readonly dw: readonly (readonly number[])[];
  readonly ddx: readonly number[];
  readonly ddw: readonly (readonly number[])[];
}

export const LAYER_CASES: readonly LayerCase[] = JSON.parse(
  readFileSync(new URL("../fixtures/layers/layers.json", import.meta.url), "utf8"),
);

/** How far the layer is from what was expected, relative to each tensor's largest number, by what it is. */
export async function layerDeviations(fixture: LayerCase): Promise<Record<string, number>> {
  const { spec, x: given, weights, condition, r } = fixture;
  const network = buildNetwork([spec], given.shape.slice(1), condition?.shape[1] ?? 0);
  const keys = network.weights.map(({ key }) => key.replace(/^0\//, "")).join();
  if (keys !== weights.map(({ name }) => name).join()) throw new Error(`The layer's weights are ${keys}.`);
  const made = tf.tidy(() => {
    const tensor = ({ shape, values }: Values) => tf.tensor(Float32Array.from(values), shape);
    const x = tensor(given);
    const ws = weights.map(tensor);
    const pass = condition === null ? {} : { condition: tensor(condition) };
    const forward = () => network.forward(ws, x, pass).output;
    const y = forward();
    const direction = tf.tensor(Float32Array.from(r), y.shape);
    const loss = () => tf.sum(tf.mul(forward(), direction)) as tf.Scalar;
    const [dx, ...dw] = differentiate([x, ...ws], loss).gradients;
    const squared = () => {
      const [slope = tf.scalar(0)] = differentiate([x], loss).gradients;
      return tf.sum(tf.square(slope)) as tf.Scalar;
    };
    const [ddx, ...ddw] = differentiate([x, ...ws], squared).gradients;
    return [y, ...[dx, ddx, ...dw, ...ddw].map((t) => t ?? tf.scalar(Number.NaN))];
  });
  const [y, dx, ddx, ...rest] = await Promise.all(made.map((t) => t.data()));
  for (const t of made) t.dispose();
  const found: Record<string, number> = {};
  const see = (name: string, got: ArrayLike<number> | undefined, expected: readonly number[]) => {
    found[name] = got === undefined ? Number.NaN : worstDifference(got as Float32Array, [...expected]);
  };
  see("y", y, fixture.y);
  see("∂L/∂x", dx, fixture.dx);
  see("∂P/∂x", ddx, fixture.ddx);
  for (const [i, { name }] of weights.entries()) {
    see(`∂L/∂${name}`, rest[i], fixture.dw[i] ?? []);
    see(`∂P/∂${name}`, rest[weights.length + i], fixture.ddw[i] ?? []);
  }
  return found;
}
