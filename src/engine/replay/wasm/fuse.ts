/**
 * Rewrites a recorded step's calls into fewer that give the same bits: what two kernels round is rounded likewise by one.
 * No addresses and no lifetimes: layout.ts.
 */
import {
  type Argument,
  type Call,
  isPlace,
  type ModuleCall,
  type Place,
  readsOf,
  SIGNATURES,
  type Value,
  writesOf,
} from "./calls";
import { withNormsInUpdates } from "./fuse-norms";

/** Products of up to this depth add to what is there in one rounding, as an addition afterwards would. As in assembly/gemm.ts. */
const GEMM_BLOCK_DEPTH = 384;

/** A list of calls with the number of reads of every value; `kept` values are read after the step too. */
class Program {
  readonly calls: (Call | null)[];
  readonly #readers = new Map<Value, number[]>();
  readonly #writers = new Map<Value, number[]>();
  readonly #kept: ReadonlySet<Value>;

  constructor(calls: readonly Call[], kept: ReadonlySet<Value>) {
    this.calls = [...calls];
    this.#kept = kept;
    for (const [i, call] of calls.entries()) {
      for (const { value } of readsOf(call)) append(this.#readers, value, i);
      for (const { value } of writesOf(call)) append(this.#writers, value, i);
    }
  }

  module(i: number | undefined, ...names: readonly string[]): ModuleCall | undefined {
    const call = i === undefined ? undefined : this.calls[i];
    return call?.kind === "module" && names.includes(call.name) ? call : undefined;
  }

  readers(value: Value): readonly number[] {
    return this.#readers.get(value) ?? [];
  }

  /** Whether a value is read after the step. */
  isKept(value: Value): boolean {
    return this.#kept.has(value);
  }

  /** The one call that reads a value, if nothing else does. */
  onlyReader(value: Value): number | undefined {
    const readers = this.#readers.get(value) ?? [];
    return readers.length === 1 && !this.#kept.has(value) ? readers[0] : undefined;
  }

  /** The one call that writes a value. */
  onlyWriter(value: Value): number | undefined {
    const writers = this.#writers.get(value) ?? [];
    return writers.length === 1 ? writers[0] : undefined;
  }

  /** Lets the calls that write all of `x` write `y` instead, which call `at` writes too; false where that cannot be. */
  retarget(x: Value, y: Place, at: number): boolean {
    const writers = this.#writers.get(x) ?? [];
    const makers = writers.map((i) => this.calls[i]); // each must name x once, as a whole
    const fits = makers.every(
      (call) =>
        call?.kind === "module" &&
        call.args.filter((arg) => isPlace(arg) && arg.value === x).length === 1 &&
        call.args.some((arg) => whole(arg) === x),
    );
    if (!fits || writers.length === 0) return false;
    for (const i of writers) {
      const call = this.module(i, ...Object.keys(SIGNATURES));
      if (call !== undefined) this.calls[i] = { ...call, args: call.args.map((arg) => (whole(arg) === x ? y : arg)) };
    }
    this.#writers.set(y.value, [...writers, at]);
    return true;
  }

  remaining(): Call[] {
    return this.calls.filter((call) => call !== null);
  }
}

function append(map: Map<Value, number[]>, value: Value, i: number): void {
  const list = map.get(value);
  if (list === undefined) map.set(value, [i]);
  else list.push(i);
}

type Pass = (program: Program) => void;

/** All rewritings, each on the result of the one before. */
export function fuse(calls: readonly Call[], kept: ReadonlySet<Value>): Call[] {
  let current = [...calls];
  for (const pass of PASSES) {
    const program = new Program(current, kept);
    pass(program);
    current = program.remaining();
  }
  return withNormsInUpdates(current, kept);
}

/** The value of a place that is all of it. */
function whole(argument: Argument | undefined): Value | undefined {
  return argument !== undefined && isPlace(argument) && argument.offset === 0 ? argument.value : undefined;
}

/** Whether a binary call's operands are both walked from end to end: outer and middle are 1, both inner strides too. */
function isPlain(call: ModuleCall): boolean {
  return call.args[3] === 1 && call.args[4] === 1 && call.args[8] === 1 && call.args[11] === 1;
}

/** step(leaky(x)) for step(x): of one sign when the slope is not negative. Then x need not outlive its activation. */
const stepOfOutput: Pass = (program) => {
  const activated = new Map<Value, Place>();
  for (const [i, call] of program.calls.entries()) {
    if (call?.kind !== "module") continue;
    const [x, y, , slope = 0] = call.args;
    const value = whole(x);
    if (value === undefined || y === undefined) continue;
    const oneSign = call.name === "relu" || (call.name === "leakyRelu" && typeof slope === "number" && slope >= 0);
    if (oneSign && isPlace(y)) activated.set(value, y);
    const instead = call.name === "step" ? activated.get(value) : undefined;
    if (instead !== undefined) program.calls[i] = { ...call, args: [instead, ...call.args.slice(1)] };
  }
};

/** multiply(dy, step(x, slope)) in one. */
const leakyGradients: Pass = (program) => {
  for (const [i, call] of program.calls.entries()) {
    const step = program.module(i, "step");
    const mask = whole(step?.args[1]);
    if (call === null || step === undefined || mask === undefined) continue;
    const at = program.onlyReader(mask);
    const product = program.module(at, "multiply");
    if (at === undefined || product === undefined || !isPlain(product)) continue;
    const [a = 0, b = 0, y = 0, , , count = 0] = product.args;
    const dy = whole(a) === mask ? b : a;
    const [x = 0, , , slope = 0] = step.args;
    program.calls[at] = { kind: "module", name: "leakyGradient", args: [dy, x, y, count, slope] };
    program.calls[i] = null;
  }
};

/** A bias added to the rows of a product, by the product. */
const biases: Pass = (program) => {
  for (const [i] of program.calls.entries()) {
    const product = program.module(i, "gemm");
    const c = whole(product?.args[2]);
    if (product === undefined || c === undefined || product.args[11] !== 0 || product.args[12] !== 0) continue;
    if (program.onlyWriter(c) !== i) continue; // one matrix of several
    const at = program.onlyReader(c);
    const sum = program.module(at, "add");
    if (at === undefined || sum === undefined || whole(sum.args[0]) !== c) continue;
    const [, , , m, n] = product.args;
    const [, bias, y = 0, outer, middle, inner, , , innerA, , middleB, innerB] = sum.args;
    const isRow = outer === 1 && middle === m && inner === n && innerA === 1 && innerB === 1 && middleB === 0;
    const isOne = m === 1 && isPlain(sum);
    if (!(isRow || isOne) || bias === undefined || !isPlace(bias)) continue;
    program.calls[at] = { ...product, args: product.args.map((arg, k) => (k === 2 ? y : k === 11 ? bias : arg)) };
    program.calls[i] = null;
  }
};

/** x + A·B as one product that adds to x: the sum of a weight's gradients on reals and on fakes. */
const accumulations: Pass = (program) => {
  for (const [at] of program.calls.entries()) {
    const sum = program.module(at, "add");
    if (sum === undefined || !isPlain(sum)) continue;
    const operands = [whole(sum.args[0]), whole(sum.args[1])];
    const y = sum.args[2];
    if (operands[0] === operands[1] || y === undefined || !isPlace(y)) continue;
    for (const [k, c] of operands.entries()) {
      const x = operands[1 - k];
      if (c === undefined || x === undefined || x.source.kind !== "computed") continue;
      const from = program.onlyWriter(c);
      const product = program.module(from, "gemm");
      if (from === undefined || product === undefined) continue;
      if (program.onlyReader(c) !== at || program.onlyReader(x) !== at) continue;
      const depth = product.args[5];
      const fits = product.args[11] === 0 && product.args[12] === 0 && c.bytes === y.value.bytes;
      if (!fits || typeof depth !== "number" || depth > GEMM_BLOCK_DEPTH) continue;
      if (!program.retarget(x, y, at)) continue;
      program.calls[at] = { ...product, args: product.args.map((arg, j) => (j === 2 ? y : j === 12 ? 1 : arg)) };
      program.calls[from] = null;
      break;
    }
  }
};

/** The sum of a vector's squares without a vector of squares. */
const squareSums: Pass = (program) => {
  for (const [i] of program.calls.entries()) {
    const square = program.module(i, "square");
    const squares = whole(square?.args[1]);
    if (square === undefined || squares === undefined) continue;
    const at = program.onlyReader(squares);
    const sum = program.module(at, "sumAxis");
    if (at === undefined || sum === undefined) continue;
    const [, y = 0, outer, length = 0, inner, scale] = sum.args;
    if (outer !== 1 || inner !== 1 || scale !== 1) continue;
    program.calls[at] = { kind: "module", name: "sumSquares", args: [square.args[0] ?? 0, y, length] };
    program.calls[i] = null;
  }
};

/** Where parts of a vector go that is only subtracted, part by part: the subtraction's index, the part's first byte and length. */
interface Part {
  readonly at: number;
  readonly offset: number;
  readonly bytes: number;
  /** The copy that took the part out; null where the vector has one part. */
  readonly copy: number | null;
}

function partsSubtracted(program: Program, vector: Value): Part[] | null {
  const parts: Part[] = [];
  for (const reader of program.readers(vector)) {
    const copy = program.module(reader, "copyRows");
    const source = copy?.args[0];
    const isCopy = copy !== undefined && source !== undefined && isPlace(source) && copy.args[2] === 1;
    const part = isCopy ? whole(copy.args[1]) : vector;
    const at = isCopy ? part && program.onlyReader(part) : reader;
    const change = program.module(at, "subtract");
    if (part === undefined || at === undefined || change === undefined || !isPlain(change)) return null;
    if (whole(change.args[1]) !== part || whole(change.args[0]) === part) return null;
    parts.push({ at, offset: isCopy ? source.offset : 0, bytes: part.bytes, copy: isCopy ? reader : null });
  }
  return parts.reduce((sum, { bytes }) => sum + bytes, 0) === vector.bytes ? parts : null;
}

/** Adam's change and its subtraction from every weight, without a vector of changes. */
const adamUpdates: Pass = (program) => {
  for (const [i] of program.calls.entries()) {
    const step = program.module(i, "adamStep");
    const change = whole(step?.args[5]);
    if (step === undefined || change === undefined || program.isKept(change)) continue;
    const parts = partsSubtracted(program, change);
    const last = Math.max(...(parts ?? []).map(({ at }) => at));
    const slots = [whole(step.args[6]), whole(step.args[7])];
    if (parts === null || slots.some((slot) => !slot || program.readers(slot).some((at) => at < last))) continue;
    const [gradient = 0, m = 0, v = 0, rate = 0, correction = 0, , newM = 0, newV = 0, , ...attrs] = step.args;
    for (const { at, offset, bytes, copy } of parts) {
      const [w = 0, , newW = 0] = program.module(at, "subtract")?.args ?? [];
      const [g, oldM, oldV, nextM, nextV] = [gradient, m, v, newM, newV].map((vector) => moved(vector, offset));
      program.calls[at] = {
        kind: "module",
        name: "adamUpdate",
        args: [w, g ?? 0, oldM ?? 0, oldV ?? 0, rate, correction, newW, nextM ?? 0, nextV ?? 0, bytes / 4, ...attrs, 0],
      };
      if (copy !== null) program.calls[copy] = null;
    }
    program.calls[i] = null;
  }
};

const moved = (argument: Argument, by: number): Argument =>
  isPlace(argument) ? { value: argument.value, offset: argument.offset + by } : argument;

const PASSES: readonly Pass[] = [stepOfOutput, leakyGradients, biases, accumulations, squareSums, adamUpdates];
