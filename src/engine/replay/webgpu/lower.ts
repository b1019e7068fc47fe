/**
 * From recorded kernels to operations: constants are folded, what changes nothing is left out, products and sums are cut to sizes that
 * fill a device. Not which operations share a program: clusters.ts.
 */
import type { ImageSet } from "../../image-set";
import type { Driver } from "../../kernels/webgpu/driver";
import { ELEMENTWISE } from "./elementwise";
import { constantValue, type Node, type Operand, type Recording, sameShape, Value } from "./graph";
import { REARRANGEMENTS } from "./index-maps";
import { conv2d, conv2dFilterGradient, conv2dInputGradient, matMul } from "./lower-products";
import { sum } from "./lower-sums";
import type { Lowerer, Operation, Rule } from "./operations";

export interface Lowered {
  readonly operations: readonly Operation[];
  /** What stands for a recorded value now. */
  resolve(value: Value): Value;
}

export function lower(recording: Recording, driver: Driver): Lowered {
  const lowering = new Lowering(driver);
  for (const [index, value] of recording.drawn.entries()) {
    const { random, images, shape = [] } = recording.draws[index] ?? {};
    const outputs = [{ value, shape: [value.size] }];
    const attrs = {};
    if (random !== undefined)
      lowering.emit({ kind: "random", name: "Random", draw: index, inputs: [], outputs, attrs });
    if (images === undefined) continue;
    const inputs = gathered(images.set, index, shape[0] ?? 1).map((x) => ({ value: x, shape: [x.size] }));
    lowering.emit({ kind: "gather", name: "Gather", draw: index, inputs, outputs, attrs });
  }
  for (const node of recording.nodes) lowering.add(node);
  return { operations: lowering.operations, resolve: (value) => lowering.resolve(value) };
}

/** Indices, bytes, and what a byte stands for. */
function gathered(set: ImageSet, draw: number, batch: number): Value[] {
  const { pixels, values } = set;
  return [
    new Value(batch, "float32", { kind: "indices", draw }),
    new Value(Math.ceil(pixels.length / 4), "bytes", { kind: "images", set }),
    new Value(values.length, "float32", { kind: "constant", content: values, uniform: null }),
  ];
}

class Lowering implements Lowerer {
  readonly driver: Driver;
  readonly operations: Operation[] = [];
  readonly #instead = new Map<Value, Value>();
  /** Outputs of activations whose sign is their input's. */
  readonly sameSign = new Map<Value, Operand>();

  constructor(driver: Driver) {
    this.driver = driver;
  }

  resolve(value: Value): Value {
    let current = value;
    for (let next = this.#instead.get(current); next !== undefined; next = this.#instead.get(current)) current = next;
    return current;
  }

  replace(old: Value, by: Value): true {
    this.#instead.set(old, by);
    return true;
  }

  emit(operation: Operation): true {
    this.operations.push(operation);
    return true;
  }

  add(node: Node): void {
    const inputs = node.inputs.map(({ value, shape }) => ({ value: this.resolve(value), shape }));
    const floats = [...inputs, ...node.outputs].every(({ value }) => value.dtype !== "int32");
    if (floats && (RULES[node.name]?.(this, node, inputs) || this.#map(node, inputs))) return;
    this.emit({
      kind: "stock",
      name: node.name,
      inputs,
      outputs: node.outputs,
      attrs: node.attrs,
      node: { ...node, inputs },
    });
  }

  #map(node: Node, inputs: readonly Operand[]): boolean {
    const [y] = node.outputs;
    if (y === undefined) return false;
    const { name, attrs, outputs } = node;
    const rule = ELEMENTWISE[name];
    if (rule !== undefined) {
      const uniforms = inputs.map(({ value }) => value.uniform);
      if (uniforms.every((u) => u !== null)) {
        const result = Math.fround(rule.evaluate(uniforms, attrs));
        if (Number.isFinite(result)) return this.replace(y.value, constantValue(y.value.size, result));
      }
      return this.emit({ kind: "elementwise", name, inputs, outputs, attrs });
    }
    if (REARRANGEMENTS[name] === undefined) return false;
    const [first] = inputs;
    const uniform = first?.value.uniform ?? null;
    if (uniform !== null && inputs.every(({ value }) => value.uniform === uniform)) {
      for (const { value } of outputs) this.replace(value, constantValue(value.size, uniform));
      return true;
    }
    const begin = name === "Slice" ? (attrs.begin as number[]) : [];
    if (name === "Slice" && begin.length !== first?.shape.length) return false;
    // A repetition of nothing but single numbers is a broadcast.
    return this.emit({ kind: "rearrangement", name, inputs, outputs, attrs });
  }
}

/** x where an operand is this number all over and leaves x as it is. */
function neutral(number: number, sides: readonly (0 | 1)[]): Rule {
  return (lowering, node, inputs) => {
    const [y] = node.outputs;
    for (const side of sides) {
      const x = inputs[1 - side];
      if (
        x !== undefined &&
        y !== undefined &&
        inputs[side]?.value.uniform === number &&
        x.value.size === y.value.size
      ) {
        return lowering.replace(y.value, x.value);
      }
    }
    return false;
  };
}

/** Notes that an activation keeps the sign, so that its input need not be kept for its slope. */
const keepsSign: Rule = (lowering, node, inputs) => {
  const [x] = inputs;
  const [y] = node.outputs;
  const slope = Number(node.attrs.alpha ?? 0);
  if (x !== undefined && y !== undefined && slope >= 0) lowering.sameSign.set(x.value, y);
  return false;
};

const step: Rule = (lowering, node, inputs) => {
  const [x] = inputs;
  const activated = x && lowering.sameSign.get(x.value);
  if (activated === undefined) return false;
  return lowering.emit({ ...node, kind: "elementwise", inputs: [activated] });
};

/** Float and boolean are the same in registers. */
const cast: Rule = (lowering, node, inputs) => lowering.emit({ ...node, kind: "elementwise", name: "Copy", inputs });

const tile: Rule = (lowering, node, inputs) => {
  const [x] = inputs;
  const [y] = node.outputs;
  return x !== undefined && y !== undefined && sameShape(x.shape, y.shape) && lowering.replace(y.value, x.value);
};

const RULES: Readonly<Record<string, Rule>> = {
  Add: neutral(0, [0, 1]),
  Sub: neutral(0, [1]),
  Multiply: neutral(1, [0, 1]),
  RealDiv: neutral(1, [1]),
  LeakyRelu: keepsSign,
  Relu: keepsSign,
  Step: step,
  Cast: cast,
  Tile: tile,
  Sum: sum(false),
  Mean: sum(true),
  BatchMatMul: matMul,
  Conv2D: conv2d,
  Conv2DBackpropInput: conv2dInputGradient,
  Conv2DBackpropFilter: conv2dFilterGradient,
};
