/**
 * The conditional GAN in words (Mirza and Osindero 2014): the game of 2014 in which both players are told the class. How they are told is a
 * matter of layers: beside the input, or in D by projection (Miyato and Koyama 2018). Its maths: engine/models/game.ts.
 */
import * as v from "valibot";
import {
  labelledDiscriminator,
  labelledGenerator,
  labelStacks,
  normedGenerator,
  projectedDiscriminator,
} from "../architecture/label-stacks";
import { LAYER_TABLE } from "../architecture/layer-table";
import { flatSpecs, type LayerSpec } from "../architecture/layers";
import type { AdversarialConfig } from "../config";
import type { Conflict } from "../conflicts";
import { ganConflicts } from "../gan-conflicts";
import { READINGS } from "../readings";
import { adversarialEntries, type GanNetwork, gameNetworks, gamePlayers, ganStart, PLAIN_GAME } from "./gan";
import type { ModelInfo } from "./types";

const settings = v.object({ type: v.literal("cgan"), ...adversarialEntries });

const stacks = {
  ...labelStacks("-concat", "labels beside the input", ({ generator, discriminator }) => ({
    generator: labelledGenerator(generator),
    discriminator: labelledDiscriminator(discriminator),
  })),
  ...labelStacks("-projection", "labels by projection", ({ generator, discriminator }) => ({
    generator: normedGenerator(generator),
    discriminator: projectedDiscriminator(discriminator),
  })),
};

/** What cannot run where examples have classes: packs, and looking ahead. */
export function labelConflicts({ model }: AdversarialConfig): Conflict[] {
  const conflicts: Conflict[] = [];
  const refuse = (path: string, text: string) => conflicts.push({ level: "refused", path, text });
  if (model.packing > 1) {
    refuse("model.packing", "A pack of samples has several classes, and D could be told only one. Set packing to 1.");
  }
  if (model.unrolledSteps > 0) {
    refuse("model.unrolledSteps", "Unrolling is offered for the plain GAN only. Set it to 0.");
  }
  return conflicts;
}

const readsLabels = (layers: readonly LayerSpec[]) =>
  flatSpecs(layers).some(({ type }) => LAYER_TABLE[type].conditional);

/** A warning for each network that is to be told the class and has no layer that reads it. */
export function deafConflicts(config: AdversarialConfig, networks: readonly GanNetwork[]): Conflict[] {
  return networks.flatMap((name): Conflict[] => {
    if (readsLabels(config.networks[name].layers)) return [];
    const symbol = name === "generator" ? "G" : "D";
    const text = `No layer of ${symbol} reads the class, so ${symbol} does not know which one is asked for. Add a label embedding${name === "generator" ? " or a conditional batch norm" : " or end in a label projection"}.`;
    return [{ level: "warning", path: `networks.${name}.layers`, text }];
  });
}

export const cgan: ModelInfo<GanNetwork, GanNetwork, typeof settings, keyof typeof READINGS> = {
  id: "cgan",
  name: "Conditional GAN",
  lesson:
    "Both players are told the class: G makes a sample of the class that you ask for, D judges whether it is a real one of that class. Pick a class and watch what G makes of the same z.",
  source: "Mirza and Osindero 2014; Miyato and Koyama 2018",
  data: "labelled",
  networks: {
    generator: { ...gameNetworks.generator, inputSymbol: "z, y", condition: ({ classes }) => classes },
    discriminator: { ...gameNetworks.discriminator, inputSymbol: "x, y", condition: ({ classes }) => classes },
  },
  players: gamePlayers,
  sampler: "generator",
  judge: "discriminator",
  settings,
  readings: READINGS,
  stacks,
  start(kind) {
    const start = ganStart(kind);
    return { ...start, stack: `${start.stack}-projection`, model: { type: "cgan", ...PLAIN_GAME } };
  },
  conflicts: (config) => [
    ...ganConflicts(config),
    ...labelConflicts(config),
    ...deafConflicts(config, ["generator", "discriminator"]),
  ],
  ofData: ["augment"],
};
