/**
 * The step that comes next, taken apart: turn by turn through the engine, with the numbers of each stage and a picture after each turn.
 * Then the networks are put back where they were, so that the step itself is training's own.
 */
import * as tf from "@tensorflow/tfjs";
import { playerOf } from "../../core/config";
import { modelOf } from "../../core/models";
import { DRAWN, type PassInput, type SlowStage, type SlowStep, type TensorSummary } from "../../core/slow-motion/types";
import type { StageFrame } from "../../core/stage";
import type { WatchedPass, WatchedTurn } from "../models/turn";
import type { Trainer } from "../trainer";
import { Readback } from "./readback";

/** Examples whose numbers are told, where one is of at most so many. */
const EXAMPLES = 3;
const MOST_NUMBERS = 16;

const COMING = "The data of the next step is still on its way. Try again in a moment.";

/**
 * @param picture of the networks as they stand
 * @throws Error while the step's data is coming. All numbers of former steps must have been read: putting back forgets them.
 */
export async function slowStep(trainer: Trainer, picture: () => Promise<StageFrame | null>): Promise<SlowStep> {
  if (trainer.ready() !== undefined) {
    throw new Error(COMING);
  }
  const { step, config } = trainer;
  const before = await trainer.save();
  const stages: SlowStage[] = [];
  const pictures: StageFrame[] = [];
  const look = async () => {
    const seen = await picture();
    if (seen === null) throw new Error(COMING);
    pictures.push(seen);
  };
  await look();
  try {
    for (const player of Object.keys(modelOf(config).players)) {
      for (let turn = 0; turn < playerOf(config, player).turns; turn++) {
        const seen = await turnStages(trainer, player, turn);
        const at = pictures.length - 1;
        stages.push(
          ...seen.map((stage) => ({ ...stage, player, turn, picture: stage.kind === "update" ? at + 1 : at })),
        );
        await look();
      }
    }
  } finally {
    trainer.restore(before);
  }
  return { step, stages, pictures };
}

type Told = SlowStage extends infer S ? (S extends SlowStage ? Omit<S, "player" | "turn" | "picture"> : never) : never;
type Reader = (parts: readonly Float32Array[]) => Told;

/** Takes a turn and tells its stages. */
async function turnStages(trainer: Trainer, player: string, k: number): Promise<readonly Told[]> {
  const readback = new Readback();
  const readers: Reader[] = [];
  const { players } = modelOf(trainer.config);
  const updates = players[player]?.updates ?? [];
  const [numbers = new Float32Array(0)] = await trainer.watchTurn(player, k, true, (turn, seen) => {
    const feed = Object.entries(Object(turn.feed));
    for (const what of DRAWN) {
      const tensor = feed.find(([name]) => name === what)?.[1];
      if (!(tensor instanceof tf.Tensor)) continue;
      const summary = summaryOf(tensor, readback);
      readers.push((parts) => ({ kind: "draw", what, numbers: summary(parts) }));
    }
    for (const { network, of, output } of turn.passes.flatMap((pass) => partsOf(pass, turn))) {
      const summary = summaryOf(output, readback);
      readers.push((parts) => ({ kind: "pass", network, of, numbers: summary(parts) }));
    }
    readers.push(lossOf(turn, readback), ...movesOf(updates, turn, (name) => seen.network(name).variables, readback));
    return [readback.vector()];
  });
  const parts = readback.split(numbers);
  return readers.map((read) => read(parts));
}

/** What went into a pass, and what came out: in two where reals and fakes went through together. */
function partsOf({ network, from, output }: WatchedPass, { feed }: WatchedTurn) {
  const given = new Map(Object.entries(Object(feed)));
  const [real, fake] = [given.get("real"), given.get("fake")];
  const rows = (tensor: unknown) => (tensor instanceof tf.Tensor ? (tensor.shape[0] ?? 0) : 0);
  const own = [...given].find(([, tensor]) => tensor === from)?.[0];
  if (own === undefined && rows(real) > 0 && rows(fake) > 0 && rows(from) === rows(real) + rows(fake)) {
    const [ofReals = output, ofFakes = output] = tf.split(output, [rows(real), rows(fake)]);
    return [
      { network, of: "real" as const, output: ofReals },
      { network, of: "made" as const, output: ofFakes },
    ];
  }
  const of: PassInput = own === "real" ? "real" : own === "z" ? "drawn" : "made";
  return [{ network, of, output }];
}

function lossOf({ readings }: WatchedTurn, readback: Readback): Reader {
  const places = [...readings].map(([id, value]) => [id, readback.add(value)] as const);
  return (parts) => ({
    kind: "loss",
    readings: Object.fromEntries(places.map(([id, place]) => [id, parts[place]?.[0] ?? Number.NaN])),
  });
}

/** Gradient and update of each network of the player. */
function movesOf(
  updates: readonly string[],
  { gradients, changes }: WatchedTurn,
  variablesOf: (network: string) => readonly tf.Tensor[],
  readback: Readback,
): readonly Reader[] {
  let first = 0;
  const squares = (tensors: readonly tf.Tensor[]) =>
    readback.add(tf.addN(tensors.map((tensor) => tf.sum(tf.square(tensor)))));
  const places = updates.map((network) => {
    const variables = variablesOf(network);
    const own = <T>(all: readonly T[]) => all.slice(first, first + variables.length);
    const place = {
      network,
      gradient: squares(own(gradients)),
      change: squares(own(changes)),
      weights: squares(variables),
    };
    first += variables.length;
    return place;
  });
  const norm = (parts: readonly Float32Array[], place: number) => Math.sqrt(parts[place]?.[0] ?? Number.NaN);
  return [
    (parts) => ({
      kind: "gradient",
      norms: Object.fromEntries(places.map(({ network, gradient }) => [network, norm(parts, gradient)])),
    }),
    (parts) => ({
      kind: "update",
      networks: Object.fromEntries(
        places.map(({ network, change, weights }) => [
          network,
          { change: norm(parts, change), weights: norm(parts, weights) },
        ]),
      ),
    }),
  ];
}

/** Adds what is to be read of a minibatch. @returns what makes its summary of the numbers */
function summaryOf(tensor: tf.Tensor, readback: Readback): (parts: readonly Float32Array[]) => TensorSummary {
  const shape = [...tensor.shape];
  const size = tensor.size / (shape[0] ?? 1);
  const { mean, variance } = tf.moments(tensor);
  const spread = readback.add(tf.stack([mean, tf.sqrt(variance), tf.min(tensor), tf.max(tensor)]));
  const few = size <= MOST_NUMBERS ? Math.min(EXAMPLES, shape[0] ?? 0) * size : 0;
  const examples = readback.add(tf.slice(tf.reshape(tensor, [-1]), 0, few));
  return (parts) => {
    const [mean = Number.NaN, deviation = Number.NaN, lowest = Number.NaN, highest = Number.NaN] = parts[spread] ?? [];
    return { shape, mean, deviation, lowest, highest, examples: parts[examples]?.slice() ?? new Float32Array(0) };
  };
}
