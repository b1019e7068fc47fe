/** What a plan's dispatches do, counted cluster by cluster from what its code was written from. Counts only; nothing is timed. */
import { costOf } from "../../kernels/webgpu/product-form";
import type { Cluster, Clustering } from "./clusters";
import { halvesOf, lanesFor } from "./emit-sum";
import type { Value } from "./graph";
import type { Plan } from "./plan";

export interface ClusterReport {
  /** What is computed: the anchor and what joined it. */
  readonly name: string;
  /** Sizes and form, for people. */
  readonly shape: string;
  readonly groups: number;
  /** Threads that have something to do. */
  readonly threads: number;
  /** Floating point operations of products: those of the maths, and those issued with all padding. */
  readonly useful: number;
  readonly issued: number;
  /** Bytes that its loads and stores ask for, and those of all its values read or written once. */
  readonly bytes: number;
  readonly once: number;
  readonly barriers: boolean;
  /** Terms that one thread adds one after the other. */
  readonly serial: number;
}

export interface DispatchReport {
  readonly label: string;
  readonly clusters: readonly ClusterReport[];
}

export const reportOf = ({ steps }: Plan): DispatchReport[] =>
  steps.map((step) =>
    step.kind === "program"
      ? { label: step.dispatch.program.label, clusters: step.dispatch.clusters }
      : { label: step.dispatch.label, clusters: [] },
  );

const FLOAT_BYTES = 4;
const floats = (values: Iterable<Value>): number => {
  let sum = 0;
  for (const { extent, uniform } of values) if (uniform === null) sum += extent;
  return sum;
};

/**
 * @param lanes threads of a group
 * @param exchanging neighbours among them that exchange numbers without barriers; 1 where none do
 */
export function clusterReport(
  one: Cluster,
  clustering: Clustering,
  groups: number,
  lanes: number,
  exchanging: number,
): ClusterReport {
  const { anchor, maps } = one;
  const { loads, stored } = clustering;
  const made = [...(anchor ? [anchor] : []), ...maps].flatMap(({ outputs }) => outputs.map(({ value }) => value));
  const written = floats(made.filter((value) => stored.has(value)));
  const read = loads.get(one) ?? new Set();
  const floatsRead = (values: Iterable<Value>) =>
    [...values].reduce((sum, value) => sum + (floatsSliced(one, clustering, value) ?? floats([value])), 0);
  const all = {
    name: [...(anchor ? [anchor] : []), ...maps].map(({ name }) => name).join("+"),
    groups,
    barriers: hasBarriers(one, lanes, exchanging),
    once: FLOAT_BYTES * (floatsRead(read) + written),
  };
  const operands = new Set(anchor?.inputs.map(({ value }) => value) ?? []);
  const others = floatsRead([...read].filter((value) => !operands.has(value))) + written;
  if (anchor?.kind === "product") {
    const { m, n, k, batch, form } = anchor.product;
    const { useful, issued, bytes, threads, serial } = costOf(anchor.product, form);
    const share = form.kind === "tiles" ? form.tile : form.block;
    const depth = form.kind === "tiles" ? `, ${form.tile.slices} slices` : "";
    const shape = `${batch > 1 ? `${batch}×` : ""}${m}×${n}×${k} by ${form.kind} ${share.rows}×${share.cols}${depth}, ${form.splits} splits`;
    return { ...all, shape, useful, issued, bytes: bytes + FLOAT_BYTES * others, threads, serial };
  }
  if (anchor?.kind === "reduction") {
    const { outer, length, inner, chunks, terms, along } = anchor.reduction;
    const places = outer * length * inner;
    const products = terms.filter((term) => term !== "plain").length;
    const flops = 2 * products * places;
    const sums = outer * chunks * inner;
    const chunk = Math.ceil(length / chunks);
    const together = lanesFor(chunk, sums, along, lanes);
    return {
      ...all,
      shape: `${outer}×${length}×${inner} in ${chunks} chunks`,
      useful: flops,
      issued: flops,
      // What is computed for a sum is among the others: each place loads its own.
      bytes:
        FLOAT_BYTES * (anchor.inputs.filter(({ value }) => products > 0 || read.has(value)).length * places + others),
      threads: sums * together,
      serial: Math.ceil(chunk / together) + Math.log2(together),
    };
  }
  return { ...all, shape: `${one.size}`, useful: 0, issued: 0, bytes: all.once, threads: groups * lanes, serial: 1 };
}

/** Floats of a value of which a cluster reads only slices; undefined where it reads all of it. */
function floatsSliced(one: Cluster, { moved }: Clustering, value: Value): number | undefined {
  const operations = [...(one.anchor ? [one.anchor] : []), ...one.maps, ...(moved.get(one) ?? [])];
  const readers = operations.filter(({ inputs }) => inputs.some((input) => input.value === value));
  if (readers.length === 0 || readers.some(({ name }) => name !== "Slice")) return undefined;
  return readers.reduce((sum, { outputs }) => sum + floats(outputs.map((output) => output.value)), 0);
}

/** Whether its threads wait for each other. */
function hasBarriers({ anchor }: Cluster, lanes: number, exchanging: number): boolean {
  if (anchor?.kind === "product") return anchor.product.form.kind === "tiles";
  if (anchor?.kind !== "reduction") return false;
  const { outer, length, inner, chunks, along } = anchor.reduction;
  const together = lanesFor(Math.ceil(length / chunks), outer * chunks * inner, along, lanes);
  return halvesOf(together, along === "length" ? 1 : lanes / together, exchanging).apart.length > 0;
}
