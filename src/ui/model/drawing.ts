/**
 * A model as boxes and arrows, laid out from the roles of its networks: what goes in at the left, what comes out at the right. Places and
 * texts only; ModelDrawing.tsx draws them.
 */
import type { ModelInfo } from "../../core/models";
import type { PlayerColor } from "../../core/models/types";

export interface DrawnNode {
  readonly id: string;
  readonly text: string;
  readonly kind: "source" | "network" | "result";
  /** Of a network. */
  readonly role?: PlayerColor;
  /** Of its middle. */
  readonly x: number;
  readonly y: number;
}

export interface DrawnArrow {
  readonly from: DrawnNode;
  readonly to: DrawnNode;
}

export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly DrawnNode[];
  readonly arrows: readonly DrawnArrow[];
}

/** Between the middles of two columns. */
const COLUMN = 44;
const MARGIN = 18;
const HEIGHT = 64;

/** What a network reads: symbols of inputs, or names of networks. A judge sees samples too; a sampler's latents come from a coder. */
export function readsOf({ networks, sampler, judge, coder }: ModelInfo, name: string): readonly string[] {
  const symbols = networks[name]?.inputSymbol.split(", ") ?? [];
  if (name === judge) return [sampler, ...symbols];
  return name === sampler && coder !== undefined ? [coder, ...symbols.filter((symbol) => symbol !== "z")] : symbols;
}

export function drawingOf(model: ModelInfo): Drawing {
  const names = Object.keys(model.networks);
  const reads = new Map(names.map((name) => [name, readsOf(model, name)]));
  const depth = (name: string): number =>
    1 + Math.max(0, ...(reads.get(name) ?? []).map((source) => (reads.has(source) ? depth(source) : 0)));
  const readersOf = (source: string) => names.filter((name) => reads.get(name)?.includes(source));
  const sources = [...new Set(names.flatMap((name) => reads.get(name) ?? []))].filter((source) => !reads.has(source));
  const placed: (Omit<DrawnNode, "x" | "y"> & { readonly column: number })[] = [
    ...names.map((name) => {
      const { symbol, role } = model.networks[name] ?? { symbol: name, role: "generator" as const };
      return { id: name, text: symbol, kind: "network" as const, role, column: depth(name) };
    }),
    ...sources.map((source) => {
      const column = Math.min(...readersOf(source).map(depth)) - 1;
      return { id: source, text: source, kind: "source" as const, column };
    }),
    ...names
      .filter((name) => readersOf(name).length === 0)
      .map((name) => {
        const text = name === model.judge ? judgedAs(model, name) : "x̂";
        return { id: `${name} out`, text, kind: "result" as const, column: depth(name) + 1 };
      }),
  ];
  const nodes = placed.map(({ column, ...node }): DrawnNode => {
    const beside = placed.filter((other) => other.column === column);
    const row = beside.findIndex(({ id }) => id === node.id);
    return { ...node, x: MARGIN + COLUMN * column, y: (HEIGHT * (row + 0.5)) / beside.length };
  });
  const at = (id: string) => nodes.find((node) => node.id === id);
  const pairs = [
    ...names.flatMap((name) => (reads.get(name) ?? []).map((source) => [source, name] as const)),
    ...names.map((name) => [name, `${name} out`] as const),
  ];
  const arrows = pairs.flatMap(([source, target]): DrawnArrow[] => {
    const [from, to] = [at(source), at(target)];
    return from === undefined || to === undefined ? [] : [{ from, to }];
  });
  const columns = Math.max(...placed.map(({ column }) => column));
  return { width: 2 * MARGIN + COLUMN * columns, height: HEIGHT, nodes, arrows };
}

/** What a judge is asked: whether a sample is real, and whatever it says beside its opinions of reals and fakes. */
function judgedAs({ networks }: ModelInfo, name: string): string {
  const more = networks[name]?.outputs.filter(({ role }) => role !== "real" && role !== "fake") ?? [];
  return ["real", ...more.map(({ symbol }) => symbol)].map((what) => `${what}?`).join(" ");
}

/** The drawing in words, for who does not see it: "z goes into G; G and x go into D". */
export function drawingWords({ nodes, arrows }: Drawing): string {
  const networks = nodes.filter(({ kind }) => kind === "network").toSorted((a, b) => a.x - b.x);
  const parts = networks.map((network) => {
    const into = arrows.filter(({ to }) => to === network).map(({ from }) => from.text);
    return `${into.join(" and ")} ${into.length === 1 ? "goes" : "go"} into ${network.text}`;
  });
  return `${parts.join("; ")}.`;
}
