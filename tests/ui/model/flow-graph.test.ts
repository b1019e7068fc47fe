/** The live diagram's layout, from the roles of a model's networks. */
import { describe, expect, it } from "vitest";
import { MODEL_IDS, modelInfo } from "../../../src/core/models";
import { type FlowNode, flowGraph, flowWords } from "../../../src/ui/model/flow-graph";

const textOf = (node: FlowNode) =>
  node.kind === "network" ? node.network.symbol : node.kind === "source" ? node.id : node.output.symbol;
const edgesOf = (id: (typeof MODEL_IDS)[number]) =>
  flowGraph(modelInfo(id))
    .edges.map(({ from, to }) => `${textOf(from)} → ${textOf(to)}`)
    .sort();

describe("the live diagram of a model", () => {
  it("shows the game: noise through G and data meet in D", () => {
    expect(edgesOf("gan")).toEqual(["G → G(z)", "G(z) → D", "data → x", "x → D", "z → G"]);
    expect(flowGraph(modelInfo("gan")).ends.map(({ output }) => output.symbol)).toEqual(["D(x)", "D(G(z))"]);
  });

  it("shows the class enter both players of a conditional GAN, and G alone where D has to name it", () => {
    expect(edgesOf("cgan")).toEqual(expect.arrayContaining(["y → G", "y → D"]));
    expect(edgesOf("acgan")).toContain("y → G");
    expect(edgesOf("acgan")).not.toContain("y → D");
    expect(flowGraph(modelInfo("acgan")).ends.map(({ output }) => output.symbol)).toEqual(["D(x)", "D(G(z))", "y"]);
  });

  it("shows that a decoder makes copies of codes and samples of noise", () => {
    expect(edgesOf("vae")).toEqual(["E → μ, σ", "data → x", "x → E", "z → G", "μ, σ → G"]);
    expect(flowWords(flowGraph(modelInfo("vae")))).toBe(
      "x goes into the encoder E, which gives μ, σ; μ, σ and z go into the decoder G, which gives x̂ and G(z).",
    );
  });

  it.each(MODEL_IDS)("of %s goes from left to right, and nothing stands or runs over something else", (id) => {
    const model = modelInfo(id);
    const { nodes, edges, rows, columns } = flowGraph(model);
    expect(nodes.filter(({ kind }) => kind === "network").map((node) => node.id)).toEqual(Object.keys(model.networks));
    const taken = [
      ...nodes.map(({ column, row }) => `${column} ${row}`),
      ...new Set(
        edges.flatMap(({ from, to }) => {
          const between = to.column - from.column - 1;
          return Array.from({ length: between }, (_, i) => `${from.column + 1 + i} ${from.row}`);
        }),
      ),
    ];
    expect(new Set(taken).size).toBe(taken.length);
    for (const { from, to } of edges) expect(from.column).toBeLessThan(to.column);
    for (const { column, row } of nodes) expect([column < columns, row >= 0, row < rows]).toEqual([true, true, true]);
  });

  it.each(MODEL_IDS)(
    "of %s names only readings that the model tells, and a loss and a gradient of every player",
    (id) => {
      const { networks, players, readings } = modelInfo(id);
      const named = Object.values(networks).flatMap(({ outputs }) =>
        outputs.flatMap(({ numbers }) => numbers.flatMap(({ reading, score }) => [reading, ...(score ? [score] : [])])),
      );
      expect(named.filter((name) => !(name in readings))).toEqual([]);
      for (const player of Object.keys(players)) {
        const kinds = Object.values(readings).flatMap((reading) =>
          reading.player === player ? (reading.is ?? []) : [],
        );
        expect(kinds.sort()).toEqual(["gradient", "loss"]);
      }
    },
  );
});
