/** How both players learn: optimisers, batch size, steps of D per step of G, the schedule. */
import { BOUNDS, optimizerBounds } from "../../core/bounds";
import {
  type ExperimentConfig,
  OPTIMIZER_NAMES,
  OPTIMIZER_TYPES,
  type OptimizerConfig,
  SCHEDULES,
} from "../../core/config";
import { ChoiceField } from "./fields/ChoiceField";
import fields from "./fields/fields.module.css";
import { NumberField } from "./fields/NumberField";
import { plain } from "./fields/numbers";
import { Section } from "./fields/Section";
import { useExperiment } from "./fields/use-experiment";
import { OPTIMIZER_NUMBERS, optimizerOfType } from "./optimizers";

const PLAYERS = [
  { key: "generator", name: "Generator" },
  { key: "discriminator", name: "Discriminator" },
] as const;

const SCHEDULE_NAMES = { constant: "Constant", linear: "Linear decay", cosine: "Cosine decay" } as const;
const RATE_SLIDER = { min: 1e-5, max: 1e-1 };

export function OptimizerSection() {
  const { config } = useExperiment();
  const { generator, discriminator, schedule } = config;
  const rate = (optimizer: OptimizerConfig) => plain(optimizer.learningRate);
  const rates =
    rate(generator.optimizer) === rate(discriminator.optimizer)
      ? rate(generator.optimizer)
      : `${rate(generator.optimizer)} / ${rate(discriminator.optimizer)}`;
  return (
    <Section title="Training" summary={`${OPTIMIZER_NAMES[generator.optimizer.type]} ${rates}`} effect="live" open>
      <NumberField
        label="Batch size"
        definition="How many reals and how many fakes each step looks at."
        value={config.batchSize}
        bounds={BOUNDS.batchSize}
        step={8}
        apply={(batchSize) => ({ ...config, batchSize })}
      />
      <NumberField
        label="D-steps per G-step"
        definition="How many times D learns before each time G does."
        value={config.discriminatorSteps}
        bounds={BOUNDS.discriminatorSteps}
        apply={(discriminatorSteps) => ({ ...config, discriminatorSteps })}
      />
      {PLAYERS.map(({ key, name }) => (
        <PlayerOptimizer key={key} player={key} name={name} config={config} />
      ))}
      <h4 className={fields.subheading}>Schedule of both rates</h4>
      <ChoiceField
        label="Schedule"
        definition="How both learning rates fall while training goes on. A falling rate sharpens the samples at the end."
        layout="row"
        value={schedule.type}
        choices={SCHEDULES.map((value) => ({ value, label: SCHEDULE_NAMES[value] }))}
        apply={(type) => ({ ...config, schedule: { ...schedule, type } })}
      />
      {schedule.type !== "constant" && (
        <>
          <NumberField
            label="Decay over"
            name="Schedule steps"
            definition="Training steps until the rate has reached its end; it stays there."
            value={schedule.steps}
            bounds={BOUNDS.scheduleSteps}
            stepping="log"
            unit="steps"
            apply={(steps) => ({ ...config, schedule: { ...schedule, steps } })}
          />
          <NumberField
            label="Final ratio"
            definition="The rate at the end, as a share of the rate at the start."
            value={schedule.finalRatio}
            bounds={BOUNDS.scheduleFinalRatio}
            stepping="log"
            unit="×"
            apply={(finalRatio) => ({ ...config, schedule: { ...schedule, finalRatio } })}
          />
        </>
      )}
    </Section>
  );
}

interface PlayerOptimizerProps {
  readonly player: "generator" | "discriminator";
  readonly name: string;
  readonly config: ExperimentConfig;
}

function PlayerOptimizer({ player, name, config }: PlayerOptimizerProps) {
  const optimizer = config[player].optimizer;
  const withOptimizer = (next: OptimizerConfig): ExperimentConfig =>
    player === "generator"
      ? { ...config, generator: { ...config.generator, optimizer: next } }
      : { ...config, discriminator: { ...config.discriminator, optimizer: next } };
  return (
    <>
      <h4 className={fields.subheading}>
        <span className={fields.dot} data-role={player} aria-hidden="true" />
        {name}
      </h4>
      <ChoiceField
        label="Optimiser"
        name={`${name} optimiser`}
        definition="The rule that turns gradients into steps of the weights."
        layout="row"
        value={optimizer.type}
        choices={OPTIMIZER_TYPES.map((value) => ({ value, label: OPTIMIZER_NAMES[value] }))}
        apply={(type) => withOptimizer(optimizerOfType(type, optimizer.learningRate))}
      />
      {OPTIMIZER_NUMBERS.map((number) => {
        const value = number.value(optimizer);
        if (value === null) return null;
        return (
          <NumberField
            key={number.key}
            label={number.label}
            name={`${name} ${number.label.charAt(0).toLowerCase()}${number.label.slice(1)}`}
            definition={number.definition}
            value={value}
            bounds={optimizerBounds(optimizer.type, number.key)}
            stepping={number.stepping}
            step={number.step}
            {...(number.key === "learningRate" ? { slider: RATE_SLIDER } : {})}
            apply={(next) => withOptimizer(number.set(optimizer, next))}
          />
        );
      })}
    </>
  );
}
