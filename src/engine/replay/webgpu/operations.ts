/** What programs are made of: operations that a recording's nodes are lowered to. Types and shapes only; lowering is lower.ts. */
import type { Driver } from "../../kernels/webgpu/driver";
import type { Product } from "../../kernels/webgpu/product";
import type { ProductForm } from "../../kernels/webgpu/product-form";
import type { Node, Operand, Value } from "./graph";

/**
 * A sum over the middle of three axes [outer, length, inner], in chunks of its length; one number per outer, chunk and inner. With several
 * terms, their sum is summed.
 */
export interface Reduction {
  readonly outer: number;
  readonly length: number;
  readonly inner: number;
  readonly chunks: number;
  /** Multiplies the sum. */
  readonly scale: number;
  /** Which of an operand's neighbours are neighbours in memory. */
  readonly along: "length" | "inner";
  /** One or more, each of the inputs that follow those of the term before. */
  readonly terms: readonly Term[];
}

/** One input at [outer, position, inner], or two multiplied, whose indices are u32 expressions of the place. */
export type Term = "plain" | Factors;

export interface Factors {
  readonly left: (outer: string, position: string) => string;
  readonly right: (position: string, inner: string) => string;
}

/**
 * A product whose depth is that of its parts, one after the other, each of the two inputs that follow those of the part before. Its output is
 * the result, or [splits, numbers of the result] where its form splits the depth.
 */
export interface FormedProduct extends Omit<Product, "a" | "b"> {
  readonly parts: readonly Pick<Product, "a" | "b" | "k">[];
  readonly form: ProductForm;
}

interface Base {
  readonly name: string;
  readonly inputs: readonly Operand[];
  readonly outputs: readonly Operand[];
  readonly attrs: Readonly<Record<string, unknown>>;
}

export type Operation = Base &
  (
    | { readonly kind: "elementwise" | "rearrangement" }
    | { readonly kind: "reduction"; readonly reduction: Reduction }
    | { readonly kind: "product"; readonly product: FormedProduct }
    /** Fills a draw's value with random numbers. */
    | { readonly kind: "random"; readonly draw: number }
    /** Fills a draw's value with images of a set: inputs are their indices, the set's bytes and what these stand for. */
    | { readonly kind: "gather"; readonly draw: number }
    /** A kernel of TensorFlow.js itself. */
    | { readonly kind: "stock"; readonly node: Node }
  );

/** What rules tell when they lower a node. */
export interface Lowerer {
  readonly driver: Driver;
  /** Outputs of activations whose sign is their input's. */
  readonly sameSign: Map<Value, Operand>;
  /** From now on one value stands for another. */
  replace(old: Value, by: Value): true;
  emit(operation: Operation): true;
}

/** Lowers a node of one kind; false where it cannot. */
export type Rule = (lowering: Lowerer, node: Node, inputs: readonly Operand[]) => boolean;

/** Operations that give one element at a time, wherever it is asked for. */
export const isMap = ({ kind }: Operation): boolean => kind === "elementwise" || kind === "rearrangement";

/** What nothing joins: their text computes no expressions, or is not ours. */
export const SOURCES: ReadonlySet<Operation["kind"]> = new Set(["stock", "random", "gather"]);

/** Producers of values, where parts of vectors count: a part is made with its whole, a whole with all its parts. */
export class Producers {
  readonly #producers = new Map<Value, Operation>();
  readonly #parts = new Map<Value, Value[]>();

  constructor(operations: readonly Operation[]) {
    for (const operation of operations) {
      for (const { value } of operation.outputs) {
        this.#producers.set(value, operation);
        if (value.view !== null) {
          const parts = this.#parts.get(value.view.of);
          if (parts === undefined) this.#parts.set(value.view.of, [value]);
          else parts.push(value);
        }
      }
    }
  }

  /** The operation that computes a value by itself. */
  of(value: Value): Operation | undefined {
    return this.#producers.get(value);
  }

  /** All operations that must have run for a value to be there. */
  all(value: Value): readonly Operation[] {
    const own = this.#producers.get(value);
    if (own !== undefined) return [own];
    if (value.view !== null) {
      const whole = this.#producers.get(value.view.of);
      return whole === undefined ? [] : [whole];
    }
    return (this.#parts.get(value) ?? []).flatMap((part) => this.#producers.get(part) ?? []);
  }
}

const KEEPS_ZERO: ReadonlySet<string> = new Set(["Square", "Abs", "Neg", "Multiply", "Copy"]);

/** Whether the gaps between a vector's parts hold zeros: they do where its parts were written one by one, and after what keeps zero. */
export function hasZeroGaps(value: Value, producers: Producers): boolean {
  if (value.parts === null) return false;
  const operation = producers.of(value);
  if (operation === undefined) return value.source.kind === "computed";
  return KEEPS_ZERO.has(operation.name) && operation.inputs.every((x) => hasZeroGaps(x.value, producers));
}
