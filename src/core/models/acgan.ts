/**
 * The auxiliary-classifier GAN in words (Odena et al. 2017): G is told the class; D is not, but has to name it, beside telling reals from
 * fakes. Its maths: engine/models/game.ts.
 */
import * as v from "valibot";
import { classifyingDiscriminator, labelledGenerator, labelStacks } from "../architecture/label-stacks";
import { ganConflicts } from "../gan-conflicts";
import { READINGS, type ReadingInfo } from "../readings";
import { real } from "../setting";
import { deafConflicts, labelConflicts } from "./cgan";
import { adversarialEntries, type GanNetwork, gameNetworks, gamePlayers, ganStart, PLAIN_GAME } from "./gan";
import type { ModelInfo } from "./types";

const settings = v.object({
  type: v.literal("acgan"),
  ...adversarialEntries,
  /** How much naming the class counts beside telling reals from fakes, for both players; 0 is off. */
  classWeight: real(0, 100, {
    effect: "record",
    off: 0,
    free: true,
    label: "Class weight",
    definition: "How much naming the right class counts beside telling real from fake; 0 is off.",
  }),
});

const readings = {
  ...READINGS,
  // mean cross-entropy of D's classes on reals, in nats
  dClassReal: { player: "discriminator", words: "D's class loss on reals", finite: true },
  // and on fakes, against the class that G was asked for
  dClassFake: { player: "discriminator", words: "D's class loss on fakes", finite: true },
  // share of the reals whose class D names
  dClassAccuracyReal: { player: "discriminator", words: "D's class accuracy on reals", finite: false },
  // share of the fakes that D takes for the class that G was asked for
  dClassAccuracyFake: { player: "discriminator", words: "D's class accuracy on fakes", finite: false },
  // mean cross-entropy of the updated D's classes on fakes, in G's turn
  gClass: { player: "generator", words: "G's class loss", finite: true },
} as const satisfies Readonly<Record<string, ReadingInfo>>;

export const acgan: ModelInfo<GanNetwork, GanNetwork, typeof settings, keyof typeof readings> = {
  id: "acgan",
  name: "Auxiliary-classifier GAN",
  lesson:
    "D has a second task: it names the class of what it sees. G is rewarded for fakes that D both takes for real and names right, so classes come out clear, and easily too clear: samples near the border between classes grow rare.",
  source: "Odena et al. 2017",
  data: "labelled",
  networks: {
    generator: { ...gameNetworks.generator, inputSymbol: "z, y", condition: ({ classes }) => classes },
    discriminator: {
      ...gameNetworks.discriminator,
      output: ({ classes }) => [1 + classes],
      outputs: [
        ...gameNetworks.discriminator.outputs,
        {
          symbol: "y",
          word: "class",
          role: "discriminator",
          term: "classHead",
          numbers: [
            { reading: "dClassAccuracyReal", role: "real" },
            { reading: "dClassAccuracyFake", role: "fake" },
          ],
        },
      ],
    },
  },
  players: gamePlayers,
  sampler: "generator",
  judge: "discriminator",
  settings,
  readings,
  stacks: labelStacks("-classes", "labels beside z", ({ generator, discriminator }, classes) => ({
    generator: labelledGenerator(generator),
    discriminator: classifyingDiscriminator(discriminator, classes),
  })),
  start(kind) {
    const start = ganStart(kind);
    return { ...start, stack: `${start.stack}-classes`, model: { type: "acgan", ...PLAIN_GAME, classWeight: 1 } };
  },
  conflicts: (config) => [...ganConflicts(config), ...labelConflicts(config), ...deafConflicts(config, ["generator"])],
  ofData: ["augment"],
};
