/** The noise that G starts from: how many numbers, and how they are drawn. Not the sliders (ui/latent). */
import { BOUNDS } from "../../core/bounds";
import { LATENT_PRIORS, type LatentPrior } from "../../core/config";
import { ChoiceField } from "./fields/ChoiceField";
import { NumberField } from "./fields/NumberField";
import { Section } from "./fields/Section";
import { useExperiment } from "./fields/use-experiment";

const PRIORS: Record<LatentPrior, { readonly label: string; readonly short: string }> = {
  normal: { label: "N(0, 1)", short: "normal" },
  uniform: { label: "U(−1, 1)", short: "uniform" },
};

export function LatentSection() {
  const { config } = useExperiment();
  const { latent } = config;
  return (
    <Section title="Latent z" summary={`${latent.size} numbers, ${PRIORS[latent.prior].short}`} effect="restart">
      <NumberField
        label="Latent size"
        definition="How many random numbers G turns into one sample."
        value={latent.size}
        bounds={BOUNDS.latentSize}
        apply={(size) => ({ ...config, latent: { ...latent, size } })}
      />
      <ChoiceField
        label="Latent prior"
        definition="The distribution that each of these numbers is drawn from: standard normal, or uniform between −1 and 1."
        layout="row"
        value={latent.prior}
        choices={LATENT_PRIORS.map((value) => ({ value, label: PRIORS[value].label }))}
        apply={(prior) => ({ ...config, latent: { ...latent, prior } })}
      />
    </Section>
  );
}
