/** A recorded step as a graph of operations on values. Data only: no buffers, no programs. */
import type { Draw } from "../../draws";
import type { ImageSet } from "../../image-set";

/** Where a value's numbers come from. */
export type Source =
  | { readonly kind: "computed" }
  /** The same in every step; `uniform` when all its numbers are this one. */
  | { readonly kind: "constant"; readonly content: Float32Array | Int32Array; readonly uniform: number | null }
  /** Given to every step anew; the number is its place in the recording's list. */
  | { readonly kind: "draw"; readonly index: number }
  /** What a variable held at the start of the step. */
  | { readonly kind: "variable"; readonly index: number }
  /** Which images of a set a draw takes. */
  | { readonly kind: "indices"; readonly draw: number }
  /** An image set's bytes, four to a word. */
  | { readonly kind: "images"; readonly set: ImageSet }
  /** What all variables of a group held at the start of the step, as one vector. */
  | { readonly kind: "group"; readonly index: number };

/** Parts of one vector, each beginning at a multiple of PART_ALIGNMENT floats, so that each can be bound by itself. The gaps hold zeros. */
export interface Parts {
  readonly sizes: readonly number[];
  readonly offsets: readonly number[];
  /** Floats with all gaps. */
  readonly padded: number;
}

/** Floats: WebGPU's largest demand on a storage binding's offset is 256 bytes. */
export const PART_ALIGNMENT = 64;

export function partsOf(sizes: readonly number[]): Parts {
  const offsets: number[] = [];
  let padded = 0;
  for (const size of sizes) {
    offsets.push(padded);
    padded += Math.ceil(size / PART_ALIGNMENT) * PART_ALIGNMENT;
  }
  return { sizes, offsets, padded };
}

/** Numbers of one tensor, or of several that share memory. */
export class Value {
  readonly size: number;
  /** "bytes" are words of four. */
  readonly dtype: "float32" | "int32" | "bool" | "bytes";
  readonly source: Source;
  /** Set when the numbers lie apart, as these parts. */
  parts: Parts | null = null;
  /** Set when this is a part of another value. */
  view: { readonly of: Value; readonly part: number } | null = null;

  constructor(size: number, dtype: Value["dtype"], source: Source) {
    this.size = size;
    this.dtype = dtype;
    this.source = source;
  }

  /** The one number that all elements are, or null. */
  get uniform(): number | null {
    return this.source.kind === "constant" ? this.source.uniform : null;
  }

  /** Floats in memory. */
  get extent(): number {
    return this.parts?.padded ?? this.size;
  }
}

/** A value under a shape. */
export interface Operand {
  readonly value: Value;
  readonly shape: readonly number[];
}

/** One operation. */
export interface Node {
  readonly name: string;
  readonly inputs: readonly Operand[];
  /** Names of the inputs, in their order. */
  readonly keys: readonly string[];
  readonly attrs: Readonly<Record<string, unknown>>;
  readonly outputs: readonly Operand[];
}

export interface Recording {
  readonly nodes: readonly Node[];
  readonly draws: readonly Draw[];
  /** The value of each draw. */
  readonly drawn: readonly Value[];
  /** For every variable, in the order given: its value at the start and at the end. */
  readonly variables: readonly { readonly before: Value; readonly after: Value }[];
  readonly results: readonly Value[];
}

export const sizeOf = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);

export const sameShape = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((side, i) => side === b[i]);

export function constantValue(size: number, uniform: number): Value {
  return new Value(size, "float32", { kind: "constant", content: Float32Array.of(uniform), uniform });
}

/** The first of a list that is known to have one. */
export function only<T>(list: readonly T[], what: string): T {
  const [item] = list;
  if (item === undefined) throw new Error(`${what} is missing; this is a bug.`);
  return item;
}
