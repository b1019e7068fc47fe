/** Writes the expressions of values' elements as WGSL statements: what is in memory is loaded, what is not is computed. */
import { ELEMENTWISE, literal } from "./elementwise";
import type { Operand, Value } from "./graph";
import { broadcast, REARRANGEMENTS } from "./index-maps";
import { isMap, type Operation, type Producers } from "./operations";

export interface Surroundings {
  readonly producers: Producers;
  isInMemory(value: Value): boolean;
  /** The f32 expression of an element in memory; `packed` counts without the gaps between parts. */
  load(value: Value, index: string, packed: boolean): string;
}

/** One sequence of statements, in which every element is computed once. */
export class Expressions {
  readonly lines: string[] = [];
  readonly #around: Surroundings;
  readonly #own: string;
  readonly #locals: Map<Value, string>;
  readonly #known = new Map<string, string>();
  readonly #ids = new Map<Value, number>();
  readonly #prefix: string;
  #count = 0;

  /**
   * @param own name of the index for which `locals` hold
   * @param prefix of the names that are made up
   */
  constructor(around: Surroundings, own: string, locals: ReadonlyMap<Value, string>, prefix = "v") {
    this.#around = around;
    this.#own = own;
    this.#locals = new Map(locals);
    this.#prefix = prefix;
  }

  /** From now on a name stands for an index that is equal to it. */
  assume(index: string, name: string): void {
    this.#known.set(index, name);
  }

  /** Computes an operation's first output at the own index and keeps it under that index. */
  define(operation: Operation): string {
    const [y] = operation.outputs;
    if (y === undefined) throw new Error(`${operation.name} has no output; this is a bug.`);
    const known = this.#locals.get(y.value);
    if (known !== undefined) return known;
    const name = this.#name(this.#compute(operation, 0, this.#own));
    this.#locals.set(y.value, name);
    return name;
  }

  /** The name of an operation's `output`-th output's element, computed even if it is in memory. */
  element(operation: Operation, output: number, index: string): string {
    return this.#name(this.#compute(operation, output, index));
  }

  /** The name or literal of an operand's element. */
  readonly at = (operand: Operand, index: string, packed = true): string => {
    const { value } = operand;
    if (value.uniform !== null) return literal(value.uniform);
    const local = index === this.#own ? this.#locals.get(value) : undefined;
    if (local !== undefined) return local;
    const id = this.#ids.get(value) ?? this.#ids.size;
    this.#ids.set(value, id);
    const key = `${id} ${packed} ${index}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const name = this.#name(this.#expression(value, index, packed));
    this.#known.set(key, name);
    return name;
  };

  #expression(value: Value, index: string, packed: boolean): string {
    if (this.#around.isInMemory(value)) return this.#around.load(value, index, packed);
    const operation = this.#around.producers.of(value);
    if (operation === undefined || !isMap(operation))
      throw new Error("A value is neither kept nor computed; this is a bug.");
    const output = operation.outputs.findIndex((y) => y.value === value);
    return this.#compute(operation, output, index);
  }

  #compute(operation: Operation, output: number, index: string): string {
    const rule = ELEMENTWISE[operation.name];
    if (operation.kind === "rearrangement" || rule === undefined) {
      const rearrange = REARRANGEMENTS[operation.name];
      if (rearrange === undefined) throw new Error(`${operation.name} has no expression; this is a bug.`);
      return rearrange(operation, output, index, (operand, at) => this.at(operand, this.#index(at)));
    }
    const y = operation.outputs[output];
    if (y === undefined) throw new Error(`${operation.name} has no output ${output}; this is a bug.`);
    const args = operation.inputs.map((x) => {
      if (y.value.parts !== null && x.value.parts !== null) return this.at(x, index, false);
      const same = x.value.size === y.value.size;
      return this.at(x, same ? index : this.#index(broadcast(index, y.shape, x.shape)));
    });
    return rule.wgsl(args, operation.attrs);
  }

  #index(expression: string): string {
    if (/^\w+$/.test(expression)) return expression;
    const known = this.#known.get(expression);
    if (known !== undefined) return known;
    const name = this.#name(expression);
    this.#known.set(expression, name);
    return name;
  }

  #name(expression: string): string {
    if (/^[a-zA-Z]\w*$/.test(expression)) return expression;
    const name = `${this.#prefix}${this.#count++}`;
    this.lines.push(`let ${name} = ${expression};`);
    return name;
  }
}
