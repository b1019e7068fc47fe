/** What the code of all kinds of clusters shares: how they are told about memory, and how what joined an anchor is computed and stored. */
import type { Cluster } from "./clusters";
import { Expressions, type Surroundings } from "./expressions";
import type { Value } from "./graph";
import type { Operation } from "./operations";

/** Memory as a program sees it. */
export interface Memory {
  load(value: Value, index: string, packed: boolean): string;
  /** vec4<f32> of four neighbours, from an index on that is a multiple of four. */
  loadFour(value: Value, index: string): string;
  store(value: Value, index: string, expression: string): string;
  /** The step's number, and whether its draws were given instead of drawn. */
  readonly step: string;
  readonly drawsGiven: string;
}

export interface ClusterCode {
  /** Module-level functions; the last is `fn NAME(group: u32, lane: u32)`. */
  readonly code: string;
  readonly groups: number;
  /** Module-level text that several clusters may need. */
  readonly shared: readonly string[];
  /** Whether its threads exchange numbers (kernels/webgpu/subgroups.ts). */
  readonly exchanges?: boolean;
  /** Length of the generator's array in workgroup memory (product.ts). */
  readonly sharedQuads?: number;
}

/** Everything that a cluster's code is written from. */
export interface Context {
  readonly one: Cluster;
  readonly around: Surroundings;
  readonly stored: ReadonlySet<Value>;
  /** Operands that its product computes itself. */
  readonly inlined: ReadonlySet<Value>;
  readonly name: string;
  readonly memory: Memory;
  /** Threads of each of its groups. */
  readonly lanes: number;
  /** Neighbours among them that exchange numbers without barriers; 1 where none do. */
  readonly exchanging: number;
}

/** Statements that compute and store everything of a cluster at index `i`, its anchor's result being there by name. */
export function finish({ one, around, stored, memory }: Context, anchor: string | null): string[] {
  const [y] = one.anchor?.outputs ?? [];
  const locals = new Map<Value, string>();
  if (y !== undefined && anchor !== null) locals.set(y.value, anchor);
  const expressions = new Expressions(around, "i", locals);
  const stores: string[] = [];
  if (y !== undefined && anchor !== null && stored.has(y.value)) stores.push(memory.store(y.value, "i", anchor));
  // Only what is stored is asked for; the rest comes along where it is needed.
  const needed = neededMaps(one, stored);
  for (const operation of one.maps) {
    if (!needed.has(operation)) continue;
    if (operation.outputs.length === 1) {
      const name = expressions.define(operation);
      const value = operation.outputs[0]?.value;
      if (value !== undefined && stored.has(value)) stores.push(memory.store(value, "i", name));
    }
  }
  return [...expressions.lines, ...stores];
}

function neededMaps(one: Cluster, stored: ReadonlySet<Value>): Set<Operation> {
  const needed = new Set<Operation>();
  const wanted = new Set<Value>();
  for (const operation of one.maps.toReversed()) {
    if (!operation.outputs.some(({ value }) => stored.has(value) || wanted.has(value))) continue;
    needed.add(operation);
    for (const { value } of operation.inputs) wanted.add(value);
  }
  return needed;
}

export type Anchored<K extends Operation["kind"]> = Extract<Operation, { kind: K }>;
