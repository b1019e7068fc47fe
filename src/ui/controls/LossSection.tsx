/** Which game the two players play: the loss, both formulas, the lesson and where it comes from. */

import { isAdversarial, withLoss } from "../../core/config";
import { findConflicts } from "../../core/conflicts";
import { LOSS_IDS, LOSSES, type LossInfo } from "../../core/losses";
import { objectionsAt } from "./conflicts";
import classes from "./experiment.module.css";
import { Formula } from "./Formula";
import { ChoiceField } from "./fields/ChoiceField";
import fields from "./fields/fields.module.css";
import { Section } from "./fields/Section";
import { useExperiment } from "./fields/use-experiment";

const CHOICES = LOSS_IDS.map((id) => ({ value: id, label: LOSSES[id].name }));

export function LossSection() {
  const { config } = useExperiment();
  if (!isAdversarial(config)) return null;
  const info: LossInfo = LOSSES[config.model.loss];
  return (
    <Section title="Loss" summary={info.name} effect="live" open>
      <ChoiceField
        label="Generator loss"
        definition="The game: what D and G each minimise, averaged over the minibatch."
        value={config.model.loss}
        choices={CHOICES}
        {...objectionsAt(findConflicts(config), "model.loss")}
        apply={(loss) => withLoss(config, loss)}
      />
      <dl className={classes.formulas}>
        <dt data-role="generator">G minimises</dt>
        <dd>
          <Formula tex={info.generatorTex} />
        </dd>
        <dt data-role="discriminator">D minimises</dt>
        <dd>
          <Formula tex={info.discriminatorTex} />
        </dd>
      </dl>
      <p className={fields.note}>{info.lesson}</p>
      <p className={fields.note}>
        <cite>{info.source}</cite>
        {info.probability ? "" : ". a = D(x) and b = D(G(z)) are scores, not probabilities."}
      </p>
    </Section>
  );
}
