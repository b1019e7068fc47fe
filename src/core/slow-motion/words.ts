/**
 * The words of a step's stages: name, one sentence, its line of the formula, and what of the diagram it is about. From the roles of the
 * model's networks and players, so that a new model has them too.
 */
import { type ExperimentConfig, lossOf } from "../config";
import { LOSS_IDS, LOSSES, type LossId } from "../losses";
import { MODEL_IDS, type ModelInfo, modelInfo, modelOf, type NetworkRole } from "../models";
import type { Drawn, PassInput, SlowStage } from "./types";

export interface StageWords {
  readonly name: string;
  readonly says: string;
  /** Typeset by cli/typeset-formulas.ts, which asks `stageFormulas` for all there are. */
  readonly tex: string;
  /** Sources ("x", "z", "y"), networks by name, and "<network>:real" or "<network>:made" for what comes out of them. */
  readonly lit: readonly string[];
}

const DRAWS: { readonly [what in Drawn]: Omit<StageWords, "lit"> & { readonly lit: string } } = {
  real: {
    name: "Sample x",
    says: "A minibatch of real samples is drawn from the data.",
    tex: String.raw`x \sim p_{\text{data}}`,
    lit: "x",
  },
  z: {
    name: "Sample z",
    says: "A latent is drawn from the prior for each fake, new ones for each turn.",
    tex: String.raw`z \sim p_z`,
    lit: "z",
  },
  noise: {
    name: "Sample ε",
    says: "Standard normal noise, with which a latent will be drawn from the cloud around each code.",
    tex: String.raw`\varepsilon \sim \mathcal{N}(0, I)`,
    lit: "z",
  },
  labels: {
    name: "Sample y",
    says: "The class of each real sample; the fakes are asked for the same ones.",
    tex: String.raw`y \sim p(y)`,
    lit: "y",
  },
};

/** The words of a stage of an experiment. */
export function stageWords(stage: SlowStage, config: ExperimentConfig): StageWords {
  const model = modelOf(config);
  const player = model.players[stage.player];
  if (player === undefined) throw new Error(`The model has no player ${stage.player}; this is a bug.`);
  const symbols = player.updates.map((name) => model.networks[name]?.symbol ?? name);
  const who = symbols.join(" and ");
  switch (stage.kind) {
    case "draw": {
      const { lit, ...words } = DRAWS[stage.what];
      return { ...words, lit: [lit] };
    }
    case "pass":
      return passWords(stage.network, stage.of, model, player.updates.includes(stage.network), config);
    case "loss":
      return {
        name: `${who}'s loss`,
        says: `One number for the whole minibatch: how badly ${who} did. ${who} will try to make it smaller.`,
        tex: lossTex(model, stage.player, lossOf(config)),
        lit: [...player.updates, ...outputs(model)],
      };
    case "gradient":
      return {
        name: `${who}'s gradient`,
        says: `Backwards through the networks: which way each weight of ${who} would make the loss grow, and how fast.`,
        tex: gradientTex(symbols),
        lit: player.updates,
      };
    case "update":
      return {
        name: `${who}'s update`,
        says: `The optimiser moves each weight of ${who} a small way against its gradient. Nothing else changes.`,
        tex: updateTex(symbols),
        lit: player.updates,
      };
    default:
      return stage satisfies never;
  }
}

function passWords(
  name: string,
  of: PassInput,
  model: ModelInfo,
  learns: boolean,
  config: ExperimentConfig,
): StageWords {
  const role = model.networks[name];
  if (role === undefined) throw new Error(`The model has no network ${name}; this is a bug.`);
  const { symbol } = role;
  const tex = passTex(model, name, of);
  if (name === model.judge) {
    const scale = LOSSES[lossOf(config) ?? "non-saturating"].probability
      ? "above 0 means “real”, below 0 “fake”"
      : "the higher, the more real";
    const still = learns ? "" : ` ${symbol} stays as it is: the player whose turn it is learns through it.`;
    return {
      name: `${symbol} on ${of === "real" ? "reals" : "fakes"}`,
      says: `${symbol} gives each ${of === "real" ? "real sample" : "fake"} a score: ${scale}.${still}`,
      tex,
      lit: [of === "real" ? "x" : `${model.sampler}:made`, name, `${name}:${of === "real" ? "real" : "made"}`],
    };
  }
  if (name === model.coder) {
    return {
      name: `${symbol} codes x`,
      says: `${symbol} says where in latent space each sample may lie: the middle of a small cloud, and its width.`,
      tex,
      lit: ["x", name],
    };
  }
  return model.coder === undefined
    ? {
        name: `${symbol} makes fakes`,
        says: `${symbol} turns each latent into a fake.`,
        tex,
        lit: ["z", name, `${name}:made`],
      }
    : {
        name: `${symbol} makes x again`,
        says: `${symbol} makes a sample of a latent from each cloud.`,
        tex,
        lit: ["z", name, `${name}:made`],
      };
}

/** What comes out of the network that judges, or that makes samples. */
const outputs = ({ judge, sampler }: ModelInfo): readonly string[] =>
  judge === null ? [`${sampler}:made`] : [`${judge}:real`, `${judge}:made`];

/** "z, y": what a network reads, with `first` in place of what it reads first. */
const argument = ({ inputSymbol }: NetworkRole, first: string): string =>
  [first, ...inputSymbol.split(", ").slice(1)].join(", ");

function passTex(model: ModelInfo, name: string, of: PassInput): string {
  const role = model.networks[name];
  const sampler = model.networks[model.sampler];
  if (role === undefined || sampler === undefined) return "";
  const made = `${sampler.symbol}(${argument(sampler, "z")})`;
  if (name === model.judge) return `${role.symbol}(${argument(role, of === "real" ? "x" : made)})`;
  if (name === model.coder) return String.raw`q(z \mid x) = ${role.symbol}(${argument(role, "x")})`;
  const sample = model.coder === undefined ? String.raw`\tilde x` : String.raw`\hat x`;
  return `${sample} = ${made}`;
}

const EVIDENCE_BOUND = String.raw`-\mathbb{E}_{q(z \mid x)}[\log p(x \mid z)] + \beta\, \mathrm{KL}(q(z \mid x) \,\|\, p(z))`;

function lossTex(model: ModelInfo, player: string, loss: LossId | null): string {
  if (loss === null) return EVIDENCE_BOUND;
  return model.players[player]?.role === "discriminator" ? LOSSES[loss].discriminatorTex : LOSSES[loss].generatorTex;
}

const gradientTex = (symbols: readonly string[]) => String.raw`\nabla_{\theta_{${symbols}}} L_{${symbols}}`;
const updateTex = (symbols: readonly string[]) =>
  String.raw`\theta_{${symbols}} \leftarrow \theta_{${symbols}} - \eta\, \widehat{\nabla}_{\theta_{${symbols}}} L_{${symbols}}`;

/** Every formula that a stage of any model can have. */
export function stageFormulas(): readonly string[] {
  const draws = Object.values(DRAWS).map(({ tex }) => tex);
  const ofModels = MODEL_IDS.map(modelInfo).flatMap((model) => {
    const passes = Object.keys(model.networks).flatMap((name) =>
      (["real", "made", "drawn"] as const).map((of) => passTex(model, name, of)),
    );
    const updates = Object.values(model.players).flatMap(({ updates }) => {
      const symbols = updates.map((name) => model.networks[name]?.symbol ?? name);
      return [gradientTex(symbols), updateTex(symbols)];
    });
    const losses = Object.keys(model.players).flatMap((player) =>
      (model.judge === null ? [null] : LOSS_IDS).map((loss) => lossTex(model, player, loss)),
    );
    return [...passes, ...updates, ...losses];
  });
  return [...new Set([...draws, ...ofModels])];
}
