/** What keeps the game steady: penalties on D, spectral norm, noise, smoothing, packing, unrolling, averaging of G. */

import type { LayerSpec } from "../../core/architecture/layers";
import { activeAugments } from "../../core/augment";
import { BOUNDS } from "../../core/bounds";
import { type AdversarialConfig, isAdversarial, type NetworkConfig } from "../../core/config";
import { findConflicts } from "../../core/conflicts";
import { datasetOf } from "../../core/datasets";
import type { GanNetwork } from "../../core/models/gan";
import { hasSpectralNorm, PENALTIES, PENALTY_IDS, type PenaltyId } from "../../core/penalties";
import { AugmentFields } from "./AugmentFields";
import { type Objections, objectionsAt } from "./conflicts";
import classes from "./experiment.module.css";
import { Formula } from "./Formula";
import fields from "./fields/fields.module.css";
import { NumberField } from "./fields/NumberField";
import { Section } from "./fields/Section";
import { SwitchField } from "./fields/SwitchField";
import { useExperiment } from "./fields/use-experiment";

const EMA_START = 0.999;

/** Which regularisers are on, in a few words. */
function summary(config: AdversarialConfig): string {
  const { penalties, labelSmoothing, instanceNoise, augment, packing, unrolledSteps } = config.model;
  const on = [
    ...PENALTY_IDS.filter((id) => penalties[id] > 0).map((id) => SHORT[id]),
    ...(hasSpectralNorm(config) ? ["spectral norm"] : []),
    ...(labelSmoothing < 1 ? ["smoothing"] : []),
    ...(instanceNoise > 0 ? ["noise"] : []),
    ...(activeAugments(augment).length > 0 ? ["augmentation"] : []),
    ...(packing > 1 ? ["packing"] : []),
    ...(unrolledSteps > 0 ? ["unrolled"] : []),
    ...(config.networks.generator.ema > 0 ? ["EMA"] : []),
  ];
  return on.length === 0 ? "none" : on.join(", ");
}

const SHORT: Record<PenaltyId, string> = { clip: "clipping", wganGp: "WGAN-GP", dragan: "DRAGAN", r1: "R1", r2: "R2" };

export function RegularisersSection() {
  const { config } = useExperiment();
  return isAdversarial(config) ? <Regularisers config={config} /> : null;
}

function Regularisers({ config }: { readonly config: AdversarialConfig }) {
  const { networks, model } = config;
  const ema = networks.generator.ema;
  const withModel = (changes: Partial<AdversarialConfig["model"]>): AdversarialConfig => ({
    ...config,
    model: { ...model, ...changes } as AdversarialConfig["model"], // of the same type as before
  });
  const withNetwork = (name: GanNetwork, changes: Partial<NetworkConfig>): AdversarialConfig => ({
    ...config,
    networks: { ...networks, [name]: { ...networks[name], ...changes } },
  });
  const conflicts = findConflicts(config);
  const at = (path: string) => objectionsAt(conflicts, path);
  const refused = conflicts.some(({ level, path }) => level === "refused" && path !== "model.loss");
  return (
    <Section title="Regularisers" summary={summary(config)} effect="live" alert={refused}>
      {PENALTY_IDS.map((id) => (
        <PenaltyFields key={id} id={id} config={config} objections={at(`model.penalties.${id}`)} />
      ))}
      <SwitchField
        label="Spectral norm in D"
        definition="Divides every kernel of D by its largest singular value, so that D's slope stays bounded (Miyato et al. 2018)."
        checked={hasSpectralNorm(config)}
        apply={(on) =>
          withNetwork("discriminator", { layers: networks.discriminator.layers.map((layer) => withNorm(layer, on)) })
        }
      />
      <h4 className={fields.subheading}>What D sees</h4>
      <NumberField
        label="Label smoothing"
        definition="The target probability for reals; 1 is off. A target of 0.9 keeps D from being certain (one-sided, Salimans et al. 2016)."
        value={model.labelSmoothing}
        bounds={BOUNDS.labelSmoothing}
        step={0.05}
        {...at("model.labelSmoothing")}
        apply={(labelSmoothing) => withModel({ labelSmoothing })}
      />
      <NumberField
        label="Instance noise"
        definition="Standard deviation, in data units, of Gaussian noise on everything that D sees; 0 is off."
        value={model.instanceNoise}
        bounds={BOUNDS.instanceNoise}
        step={0.05}
        {...at("model.instanceNoise")}
        apply={(instanceNoise) => withModel({ instanceNoise })}
      />
      <NumberField
        label="Packing"
        definition="How many samples D judges together (PacGAN, Lin et al. 2018); 1 is off. A pack of look-alikes gives a collapsed G away."
        value={model.packing}
        bounds={BOUNDS.packing}
        {...at("model.packing")}
        apply={(packing) => withModel({ packing })}
      />
      {datasetOf(config.dataset).kind === "images" && (
        <AugmentFields augment={model.augment} apply={(augment) => withModel({ augment })} />
      )}
      <h4 className={fields.subheading}>How G learns</h4>
      <NumberField
        label="Unrolled steps"
        definition="How many updates of D G looks ahead before its own (Metz et al. 2017, dense networks); 0 is off."
        value={model.unrolledSteps}
        bounds={BOUNDS.unrolledSteps}
        {...at("model.unrolledSteps")}
        apply={(unrolledSteps) => withModel({ unrolledSteps })}
      />
      <SwitchField
        label="Average G's weights (EMA)"
        definition="Keeps a moving average of G's weights beside the raw ones; views may show either."
        checked={ema > 0}
        apply={(on) => withNetwork("generator", { ema: on ? EMA_START : 0 })}
      />
      {ema > 0 && (
        <NumberField
          label="EMA decay"
          definition="How much of the average is kept each step; 0.999 averages over about the last thousand steps. 0 is off."
          value={ema}
          bounds={BOUNDS.ema}
          step={0.001}
          apply={(decay) => withNetwork("generator", { ema: decay })}
        />
      )}
    </Section>
  );
}

interface PenaltyFieldsProps {
  readonly id: PenaltyId;
  readonly config: AdversarialConfig;
  readonly objections: Objections;
}

function PenaltyFields({ id, config, objections }: PenaltyFieldsProps) {
  const { name, symbol, suggested, tex, lesson, source } = PENALTIES[id];
  const { model } = config;
  const strength = model.penalties[id];
  const withStrength = (value: number): AdversarialConfig => ({
    ...config,
    model: { ...model, penalties: { ...model.penalties, [id]: value } },
  });
  const on = strength > 0;
  return (
    <>
      <SwitchField
        label={name}
        definition={lesson}
        checked={on}
        {...objections}
        apply={(checked) => withStrength(checked ? suggested : 0)}
      />
      {on && (
        <div className={classes.penalty}>
          <Formula tex={tex} />
          <NumberField
            label={`Strength ${symbol}`}
            name={`${name} strength`}
            definition={`How strong it is; ${suggested} is a good value to begin with, 0 is off.`}
            value={strength}
            bounds={BOUNDS.penalties[id]}
            stepping="log"
            apply={withStrength}
          />
          <p className={fields.note}>
            {lesson} <cite>{source}</cite>
          </p>
        </div>
      )}
    </>
  );
}

/** A layer with spectral norm on or off, where it has a kernel. */
function withNorm(layer: LayerSpec, on: boolean): LayerSpec {
  if ("layers" in layer) return { ...layer, layers: layer.layers.map((inner) => withNorm(inner, on)) };
  if (layer.type !== "dense" && layer.type !== "conv2d" && layer.type !== "conv2dTranspose") return layer;
  const { spectralNorm: _, ...rest } = layer;
  return on ? { ...rest, spectralNorm: true } : rest;
}
