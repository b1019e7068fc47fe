/** Presets as they were when links to them were first published: whoever opens such a link is told what it was. */
import type { ExperimentConfig } from "../config";
import { decodeExperiment } from "../share";
import { canonical, PRESET_IDS, type PresetId, presetOf } from "./index";

/** Links of version 1; what they open never changes (core/share/bases.ts). */
const PUBLISHED: Partial<Record<PresetId, string>> = {
  "ring-non-saturating": "v=1",
  "ring-least-squares":
    "batchSize=256&loss=least-squares&generator.layers=toy-wide&discriminator.layers=toy-wide&schedule.type=linear",
  "ring-wgan-gp":
    "batchSize=256&discriminatorSteps=5&loss=wasserstein&generator.layers=toy-wide&generator.optimizer.beta1=0&generator.optimizer.beta2=0.9&discriminator.layers=toy-wide&discriminator.optimizer.beta1=0&discriminator.optimizer.beta2=0.9&penalties.wganGp=0.1&schedule.type=linear&schedule.steps=4000",
  "ring-relativistic":
    "batchSize=256&discriminatorSteps=2&loss=relativistic&generator.layers=dense-128-leakyRelu:0.2~dense-128-leakyRelu:0.2~dense-128-leakyRelu:0.2~dense-128-leakyRelu:0.2~dense-128-leakyRelu:0.2~dense-2&generator.optimizer.learningRate=0.003&generator.optimizer.beta1=0&generator.optimizer.beta2=0.99&discriminator.layers=toy-wide&discriminator.optimizer.learningRate=0.003&discriminator.optimizer.beta1=0&discriminator.optimizer.beta2=0.99&penalties.r1=0.1&penalties.r2=0.1&schedule.type=linear&schedule.steps=6000",
  "grid-non-saturating":
    "dataset=grid&batchSize=256&generator.layers=toy-wide&discriminator.layers=toy-wide&schedule.type=linear",
  "grid-wgan-gp":
    "dataset=grid&batchSize=256&discriminatorSteps=5&loss=wasserstein&generator.layers=toy-wide&generator.optimizer.beta1=0&generator.optimizer.beta2=0.9&discriminator.layers=toy-wide&discriminator.optimizer.beta1=0&discriminator.optimizer.beta2=0.9&penalties.wganGp=0.1&schedule.type=linear&schedule.steps=4000",
  "grid-relativistic":
    "dataset=grid&batchSize=256&discriminatorSteps=2&loss=relativistic&generator.layers=dense-128-leakyRelu:0.2~dense-128-leakyRelu:0.2~dense-128-leakyRelu:0.2~dense-128-leakyRelu:0.2~dense-128-leakyRelu:0.2~dense-2&generator.optimizer.learningRate=0.003&generator.optimizer.beta1=0&generator.optimizer.beta2=0.99&discriminator.layers=toy-wide&discriminator.optimizer.learningRate=0.003&discriminator.optimizer.beta1=0&discriminator.optimizer.beta2=0.99&penalties.r1=0.1&penalties.r2=0.1&schedule.type=linear",
  "gaussian-1d":
    "dataset=gaussian-1d&latent.size=1&latent.prior=uniform&batchSize=256&generator.layers=dense-64-swish~dense-64-swish~dense-1&generator.optimizer.beta1=0&generator.optimizer.beta2=0.99&discriminator.layers=dense-64-swish~dense-64-swish~dense-1&discriminator.optimizer.learningRate=0.003&discriminator.optimizer.beta1=0&discriminator.optimizer.beta2=0.99&schedule.type=linear&schedule.steps=3000",
  moons:
    "dataset=moons&batchSize=256&generator.layers=toy-wide&discriminator.layers=toy-wide&penalties.r1=0.1&schedule.type=linear&schedule.steps=4000",
  spiral:
    "dataset=spiral&batchSize=256&generator.layers=toy-wide&discriminator.layers=toy-wide&penalties.r1=0.1&schedule.type=linear",
  "swiss-roll":
    "dataset=swiss-roll&batchSize=256&generator.layers=toy-wide&discriminator.layers=toy-wide&penalties.r1=0.1&schedule.type=linear&schedule.steps=8000",
  checkerboard:
    "dataset=checkerboard&batchSize=256&discriminatorSteps=2&loss=relativistic&generator.layers=dense-128-leakyRelu:0.2~dense-128-leakyRelu:0.2~dense-128-leakyRelu:0.2~dense-128-leakyRelu:0.2~dense-128-leakyRelu:0.2~dense-2&generator.optimizer.learningRate=0.003&generator.optimizer.beta1=0&generator.optimizer.beta2=0.99&discriminator.layers=toy-wide&discriminator.optimizer.learningRate=0.003&discriminator.optimizer.beta1=0&discriminator.optimizer.beta2=0.99&penalties.r1=0.1&penalties.r2=0.1&schedule.type=linear&schedule.steps=8000",
  "vanishing-gradient":
    "discriminatorSteps=5&loss=minimax&generator.initializer=glorot&generator.optimizer.type=sgd&generator.optimizer.learningRate=0.002&discriminator.optimizer.learningRate=0.002",
  "mode-collapse":
    "latent.size=16&generator.optimizer.learningRate=0.002&generator.optimizer.beta1=0.9&discriminator.optimizer.learningRate=0.0001&discriminator.optimizer.beta1=0.9",
  "mode-collapse-cured":
    "latent.size=16&generator.optimizer.learningRate=0.002&generator.optimizer.beta1=0.9&discriminator.optimizer.learningRate=0.0001&discriminator.optimizer.beta1=0.9&packing=4",
  "mnist-mlp": "dataset=mnist",
  "mnist-dcgan":
    "dataset=mnist&generator.layers=dcgan-small&generator.initializer=dcgan&discriminator.layers=dcgan-small&discriminator.initializer=dcgan",
  "mnist-spectral-norm":
    "dataset=mnist&loss=hinge&generator.layers=dcgan-small&generator.initializer=dcgan&discriminator.layers=conv2d-32-k4-s2-leakyRelu:0.2-sn~conv2d-64-k4-s2-leakyRelu:0.2-sn~flatten~dense-1-sn&discriminator.optimizer.learningRate=0.0004",
  "mnist-wgan-gp":
    "dataset=mnist&discriminatorSteps=5&loss=wasserstein&generator.optimizer.beta1=0&generator.optimizer.beta2=0.9&discriminator.optimizer.beta1=0&discriminator.optimizer.beta2=0.9&penalties.wganGp=10",
};

let known: ReadonlyMap<string, PresetId> | null = null;

/** The preset that a configuration was, whatever its seed, before the preset was changed; null when it is one, or never was. */
export function formerPresetOf(config: ExperimentConfig): PresetId | null {
  if (presetOf(config) !== null) return null;
  known ??= new Map(
    PRESET_IDS.flatMap((id) => {
      const link = PUBLISHED[id];
      return link === undefined ? [] : [[canonical(decodeExperiment(link).arms[0].config), id] as const];
    }),
  );
  return known.get(canonical(config)) ?? null;
}
