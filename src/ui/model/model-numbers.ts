/** The numbers that stand for a model wherever there is room for a few: what comes out of its networks, and each player's loss. Pure. */

import type { ModelInfo } from "../../core/models";
import type { NetworkOutput, OutputNumber } from "../../core/models/types";
import type { ReadingInfo } from "../../core/readings";

type Readings = Readonly<Record<string, number>>;

export interface ModelNumber {
  readonly name: string;
  readonly value: number;
  readonly role: NetworkOutput["role"];
}

/** @param probability whether the loss makes D's output a probability */
export function modelNumbers(model: ModelInfo, readings: Readings, probability: boolean): readonly ModelNumber[] {
  const outputs = Object.values(model.networks).flatMap((network) => network.outputs);
  const losses = Object.entries(model.players).map(([player, { symbol, role }]) => ({
    name: `${symbol} loss`,
    value: playerNumber(model, player, "loss", readings),
    role,
  }));
  const told = outputs.flatMap((output) =>
    output.numbers.map((number) => ({
      name: [output.symbol, number.label ?? (number.role === undefined ? "" : `${number.role}s`)].join(" ").trim(),
      value: outputNumber(number, readings, probability),
      role: number.role ?? output.role,
    })),
  );
  return [...told, ...losses];
}

/** The latest value of a number of an output. */
export function outputNumber({ reading, score }: OutputNumber, readings: Readings, probability: boolean): number {
  return readings[probability ? reading : (score ?? reading)] ?? Number.NaN;
}

/** The reading that is a player's loss, or the norm of its gradient; undefined where its model tells none. */
export function playerReading(
  { readings }: ModelInfo,
  player: string,
  is: "loss" | "gradient",
): readonly [id: string, info: ReadingInfo] | undefined {
  return Object.entries(readings).find(([, reading]) => reading.player === player && reading.is === is);
}

export const playerNumber = (model: ModelInfo, player: string, is: "loss" | "gradient", readings: Readings): number =>
  readings[playerReading(model, player, is)?.[0] ?? ""] ?? Number.NaN;

/** The player whose turn updates what makes samples. */
export function samplersPlayer({ players, sampler }: ModelInfo): string {
  return Object.keys(players).find((player) => players[player]?.updates.includes(sampler)) ?? "";
}
