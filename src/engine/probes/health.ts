/**
 * How the layers of all networks are (core/health): what they give for the minibatch of the next step, how they would learn from it, and
 * the singular values of kernels under spectral norm. Changes nothing and draws nothing of its own: the next step is what it was.
 */
import * as tf from "@tensorflow/tfjs";
import { distributionOf, type Health, type LayerHealth, type LayerLearning, unitsAtRest } from "../../core/health";
import { symmetricEigen } from "../../core/metrics/eigen";
import { modelOf } from "../../core/models";
import type { Seen } from "../looking";
import type { WatchedTurn } from "../models/turn";
import { asMatrix } from "../networks/spectral-norm";
import type { NetworkState } from "../networks/state";
import type { Trainer } from "../trainer";
import { Readback } from "./readback";

/** Numbers of a layer's activations, or of its gradient, that are looked at: enough for a histogram. */
const MOST_NUMBERS = 16_384;
/** Matrices of more columns tell their largest singular value only. */
const MOST_COLUMNS = 96;
const POWER_ITERATIONS = 60;

/** The health of all networks as they stand; null while the next step's data is coming. */
export async function healthOf(trainer: Trainer): Promise<Health | null> {
  if (trainer.ready() !== undefined) return null;
  const found = new Map<string, readonly LayerHealth[]>();
  const { players, networks } = modelOf(trainer.config);
  for (const [name, { updates }] of Object.entries(players)) {
    const readback = new Readback();
    const readers: { readonly network: string; readonly read: Reader }[] = [];
    const [numbers = new Float32Array(0)] = await trainer.watchTurn(name, 0, false, (turn, seen) => {
      let first = 0; // of the network's gradients among the player's
      for (const network of updates) {
        readers.push({ network, read: lookAt(network, turn, seen, first, readback) });
        first += seen.network(network).variables.length;
      }
      return [readback.vector()];
    });
    const parts = readback.split(numbers);
    for (const { network, read } of readers) found.set(network, read(parts));
  }
  return Object.keys(networks).flatMap((network) => {
    const layers = found.get(network);
    return layers === undefined ? [] : [{ network, layers }];
  });
}

type Parts = readonly Float32Array[];
type Reader = (parts: Parts) => readonly LayerHealth[];

/** Adds what is to be read of a network. @returns what makes its health of the numbers */
function lookAt(name: string, turn: WatchedTurn, seen: Seen, first: number, readback: Readback): Reader {
  const state = seen.network(name);
  const passes = turn.passes.filter(({ network }) => network === name);
  const readers = state.network.layers.map(({ spec, path }, index) => {
    const outputs = passes.flatMap(({ layers }) => layers.get(index) ?? []);
    const activation = "activation" in spec ? (spec.activation ?? "linear") : "linear";
    const given = lookAtOutputs(outputs, readback);
    const learning = lookAtWeights(state, index, turn, first, readback);
    const singular = lookAtKernel(state, index, readback);
    return (parts: Parts): LayerHealth => {
      const { values, lowest, highest } = given(parts);
      return {
        path,
        type: spec.type,
        activation,
        units: highest.length,
        atRest: unitsAtRest(activation, lowest, highest),
        activations: distributionOf(values),
        learning: learning?.(parts) ?? null,
        singularValues: singular?.(parts) ?? null,
      };
    };
  });
  return (parts) => readers.map((read) => read(parts));
}

/** What a layer gave in all passes of the turn: numbers of each, and over all examples each unit's lowest and highest. */
function lookAtOutputs(outputs: readonly tf.Tensor[], readback: Readback) {
  const share = Math.floor(MOST_NUMBERS / Math.max(1, outputs.length));
  const places = outputs.map((output) => {
    const units = tf.reshape(output, [-1, output.shape.at(-1) ?? 1]);
    return {
      values: readback.add(head(output, share)),
      lowest: readback.add(tf.min(units, 0)),
      highest: readback.add(tf.max(units, 0)),
    };
  });
  return (parts: Parts) => {
    const all = (key: "values" | "lowest" | "highest") => places.map((place) => partAt(parts, place[key]));
    const over = (rows: readonly Float32Array[], pick: (...values: number[]) => number) =>
      Float32Array.from(rows[0] ?? [], (_, unit) => pick(...rows.map((row) => row[unit] ?? Number.NaN)));
    return {
      values: Float32Array.from(all("values").flatMap((values) => [...values])),
      lowest: over(all("lowest"), Math.min),
      highest: over(all("highest"), Math.max),
    };
  };
}

/** How a layer's weights would learn; null for a layer without any. */
function lookAtWeights(state: NetworkState, layer: number, turn: WatchedTurn, first: number, readback: Readback) {
  const own = state.network.weights.flatMap((info, i) => (info.layer === layer ? [i] : []));
  if (own.length === 0) return null;
  const squares = (tensors: readonly (tf.Tensor | undefined)[]) =>
    readback.add(tf.addN(tensors.map((tensor) => (tensor === undefined ? tf.scalar(0) : tf.sum(tf.square(tensor))))));
  const of = (all: readonly tf.Tensor[], from: number) => own.map((i) => all[from + i]);
  const weights = squares(of(state.variables, 0));
  const gradient = squares(of(turn.gradients, first));
  const change = squares(of(turn.changes, first));
  const values = of(turn.gradients, first).flatMap((tensor) =>
    tensor === undefined ? [] : [readback.add(head(tensor, MOST_NUMBERS))],
  );
  return (parts: Parts): LayerLearning => {
    const norm = (place: number) => Math.sqrt(partAt(parts, place)[0] ?? Number.NaN);
    return {
      weightNorm: norm(weights),
      gradientNorm: norm(gradient),
      updateRatio: norm(change) / norm(weights),
      gradients: distributionOf(values.flatMap((place) => [...partAt(parts, place)])),
    };
  };
}

/** The singular values of a kernel as passes take it, where spectral norm acts on it. */
function lookAtKernel(state: NetworkState, layer: number, readback: Readback) {
  const spectral = state.spectral.find((one) => one.layer === layer);
  const kernel = spectral === undefined ? undefined : state.effective()[spectral.weight];
  if (spectral === undefined || kernel === undefined) return null;
  const matrix = asMatrix(kernel, spectral.transposed);
  const [rows, columns] = matrix.shape;
  const n = Math.min(rows, columns);
  const gram = readback.add(rows < columns ? tf.matMul(matrix, matrix, false, true) : tf.matMul(matrix, matrix, true));
  return (parts: Parts): Float32Array => singularValues(Float64Array.from(partAt(parts, gram)), n);
}

/** Roots of the eigenvalues of a matrix AᵀA [n, n], the largest first; of a large one the largest alone. */
function singularValues(gram: Float64Array, n: number): Float32Array {
  if (!gram.every(Number.isFinite)) return new Float32Array(0);
  const values = n > MOST_COLUMNS ? [largestEigenvalue(gram, n)] : symmetricEigen(gram, n).values;
  return Float32Array.from(values, (value) => Math.sqrt(Math.max(0, value))).sort((a, b) => b - a);
}

/** By power iteration. */
function largestEigenvalue(matrix: Float64Array, n: number): number {
  let vector = new Float64Array(n).fill(1 / Math.sqrt(n));
  let value = 0;
  for (let i = 0; i < POWER_ITERATIONS; i++) {
    const next = Float64Array.from({ length: n }, (_, row) =>
      vector.reduce((sum, x, column) => sum + x * (matrix[row * n + column] ?? 0), 0),
    );
    value = Math.hypot(...next);
    if (value === 0) return 0;
    vector = next.map((x) => x / value);
  }
  return value;
}

/** The first numbers of a tensor. */
function head(tensor: tf.Tensor, most: number): tf.Tensor {
  return tf.slice(tf.reshape(tensor, [-1]), 0, Math.min(most, tensor.size));
}

const partAt = (parts: Parts, place: number): Float32Array => parts[place] ?? new Float32Array(0);
