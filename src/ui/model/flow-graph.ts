/**
 * A model as the live diagram over the stage lays it out: what goes into each network and what comes out, in columns from left to right and
 * in rows that lines can follow. Derived from the roles of the model's networks. Places only; stage/FlowDiagram.tsx draws them.
 */
import type { GlossaryId } from "../../core/glossary";
import type { ModelInfo } from "../../core/models";
import type { NetworkOutput, NetworkRole } from "../../core/models/types";
import { readsOf } from "./drawing";

/** Where something stands: its column, and its row, which may lie halfway between two. */
interface Place {
  readonly id: string;
  readonly column: number;
  readonly row: number;
}

/** Something from outside: data, noise, classes. */
export interface FlowSource extends Place {
  readonly kind: "source";
  readonly symbol: string;
  readonly word: string;
  readonly term: GlossaryId | null;
  readonly role: "real" | null;
}

export interface FlowNetwork extends Place {
  readonly kind: "network";
  readonly network: NetworkRole;
}

/** What a network gives to another one. */
export interface FlowValue extends Place {
  readonly kind: "value";
  /** The network that gives it. */
  readonly network: string;
  readonly output: NetworkOutput;
}

export type FlowNode = FlowSource | FlowNetwork | FlowValue;

export interface FlowEdge {
  readonly from: FlowNode;
  readonly to: FlowNode;
}

/** What comes out of the model, each beside the network that it comes from. */
export interface FlowEnd {
  readonly from: FlowNetwork;
  readonly output: NetworkOutput;
  readonly row: number;
}

export interface FlowGraph {
  readonly columns: number;
  readonly rows: number;
  readonly nodes: readonly FlowNode[];
  readonly edges: readonly FlowEdge[];
  readonly ends: readonly FlowEnd[];
}

/** What letters of inputs stand for. "data" is where x comes from, so it has no letter. */
const SOURCES: Readonly<Record<string, Pick<FlowSource, "word" | "term" | "role">>> = {
  data: { word: "data", term: "real", role: "real" },
  x: { word: "reals", term: "real", role: "real" },
  y: { word: "class", term: "classLabel", role: null },
  z: { word: "", term: "noise", role: null },
};

/** What conditions a network beside what it works on: it decides no row. */
const CONDITION = "y";
const DATA = "data";

export function flowGraph(model: ModelInfo): FlowGraph {
  const { networks, sampler } = model;
  const names = Object.keys(networks);
  // A sampler makes samples of latents from outside too, whoever codes some for it.
  const reads = (name: string) => [...new Set([...readsOf(model, name), ...(name === sampler ? ["z"] : [])])];
  const isNetwork = (id: string) => id in networks;
  const columnOf = (name: string): number => 1 + Math.max(...reads(name).map(columnOfInput));
  /** Of what a network reads: the column of another one's output, or the first that a source can have. */
  const columnOfInput = (id: string): number => (isNetwork(id) ? columnOf(id) + 1 : id === "x" ? 1 : 0);
  const symbols = [...new Set(names.flatMap(reads))].filter((id) => !isNetwork(id));
  const readersOf = (id: string) => names.filter((name) => reads(name).includes(id));

  const lanes = laneOrder(symbols);
  const rows = Math.max(1, lanes.length);
  const rowOf = (id: string): number => {
    if (!isNetwork(id)) return lanes.indexOf(id);
    const inputs = reads(id).filter((input) => input !== CONDITION);
    const all = inputs.map(rowOf);
    return Math.round((2 * all.reduce((sum, row) => sum + row, 0)) / all.length) / 2;
  };

  const source = (symbol: string, column: number, row: number): FlowSource => {
    const { word, term, role } = SOURCES[symbol] ?? { word: "", term: null, role: null };
    return { kind: "source", id: symbol, symbol: symbol === DATA ? "" : symbol, word, term, role, column, row };
  };
  const sources = symbols.map((symbol) =>
    source(symbol, Math.min(...readersOf(symbol).map(columnOf)) - 1, rowOf(symbol)),
  );
  const x = sources.find(({ id }) => id === "x");
  const data = x === undefined ? [] : [source(DATA, 0, x.row)];
  const boxes = names.map((name): FlowNetwork => {
    const network = networks[name];
    if (network === undefined) throw new Error(`A model has no network ${name}; this is a bug.`);
    return { kind: "network", id: name, network, column: columnOf(name), row: rowOf(name) };
  });
  const values = boxes
    .filter(({ id }) => readersOf(id).length > 0)
    .flatMap(({ id, network, column, row }) => {
      const output = network.outputs[0];
      return output === undefined
        ? []
        : [{ kind: "value", network: id, id: `${id} gives`, output, column: column + 1, row } as const];
    });

  const nodes: readonly FlowNode[] = [...data, ...sources, ...boxes, ...values];
  const at = (id: string) => nodes.find((node) => node.id === id);
  const pairs = [
    ...data.map(({ id }) => [id, "x"] as const),
    ...values.map(({ id }) => [id.replace(/ gives$/, ""), id] as const),
    ...names.flatMap((name) => reads(name).map((id) => [isNetwork(id) ? `${id} gives` : id, name] as const)),
  ];
  const edges = pairs.flatMap(([start, end]) => {
    const [from, to] = [at(start), at(end)];
    return from === undefined || to === undefined ? [] : [{ from, to }];
  });
  const last = boxes.filter(({ id }) => readersOf(id).length === 0);
  const all = last.flatMap((from) => from.network.outputs.map((output) => ({ from, output })));
  const ends = all.map((end, i) => ({ ...end, row: ((i + 0.5) * rows) / all.length - 0.5 }));
  return { columns: 1 + Math.max(...nodes.map(({ column }) => column)), rows, nodes, edges, ends };
}

/** Data above, latents below, so that what is told to several networks runs between them. */
function laneOrder(symbols: readonly string[]): readonly string[] {
  const place = (symbol: string) => (symbol === "x" ? 0 : symbol === "z" ? 2 : 1);
  return symbols.toSorted((a, b) => place(a) - place(b));
}

/** "x, y and G(z)" */
const LIST = new Intl.ListFormat("en-GB");

/** The diagram in words, for who does not see it. */
export function flowWords({ nodes, edges, ends }: FlowGraph): string {
  const textOf = (node: FlowNode) => {
    if (node.kind === "network") return node.network.symbol;
    return node.kind === "source" ? node.symbol || node.word : node.output.symbol;
  };
  const boxes = nodes.filter((node) => node.kind === "network").toSorted((a, b) => a.column - b.column);
  const parts = boxes.map((box) => {
    const into = edges.filter(({ to }) => to === box).map(({ from }) => textOf(from));
    const given = edges.filter(({ from }) => from === box).map(({ to }) => textOf(to));
    const out = [...given, ...ends.filter(({ from }) => from === box).map(({ output }) => output.symbol)];
    const { name, symbol } = box.network;
    return `${LIST.format(into)} ${into.length === 1 ? "goes" : "go"} into the ${name.toLowerCase()} ${symbol}, which gives ${LIST.format(out)}`;
  });
  return `${parts.join("; ")}.`;
}
