/** How the players learn: optimisers, batch size, turns of each within a step, the schedule. */
import { BOUNDS, optimizerBounds } from "../../core/bounds";
import {
  type ExperimentConfig,
  OPTIMIZER_NAMES,
  OPTIMIZER_TYPES,
  type OptimizerConfig,
  type PlayerConfig,
  playerOf,
  SCHEDULES,
} from "../../core/config";
import { type ModelInfo, modelOf } from "../../core/models";
import { ChoiceField } from "./fields/ChoiceField";
import fields from "./fields/fields.module.css";
import { NumberField } from "./fields/NumberField";
import { plain } from "./fields/numbers";
import { Section } from "./fields/Section";
import { useExperiment } from "./fields/use-experiment";
import { OPTIMIZER_NUMBERS, optimizerOfType } from "./optimizers";

const SCHEDULE_NAMES = { constant: "Constant", linear: "Linear decay", cosine: "Cosine decay" } as const;
const RATE_SLIDER = { min: 1e-5, max: 1e-1 };

export function OptimizerSection() {
  const { config } = useExperiment();
  const { schedule } = config;
  // G stands before D, as in the sections of their networks.
  const roles = Object.entries(modelOf(config).players).reverse();
  const optimizers = roles.map(([name]) => playerOf(config, name).optimizer);
  const types = [...new Set(optimizers.map(({ type }) => OPTIMIZER_NAMES[type]))].slice(0, 1);
  const rates = [...new Set(optimizers.map(({ learningRate }) => plain(learningRate)))];
  return (
    <Section title="Training" summary={`${types.join(" / ")} ${rates.join(" / ")}`} effect="live" open>
      <NumberField
        label="Batch size"
        definition="How many reals and how many fakes each step looks at."
        value={config.batchSize}
        bounds={BOUNDS.batchSize}
        step={8}
        apply={(batchSize) => ({ ...config, batchSize })}
      />
      {roles.length > 1 &&
        roles
          .toReversed()
          .map(([name, { symbol }]) => (
            <NumberField
              key={name}
              label={`${symbol}-steps per round`}
              definition={`How many times ${symbol} learns in each training step.`}
              value={playerOf(config, name).turns}
              bounds={BOUNDS.turns}
              apply={(turns) => withPlayer(config, name, { turns })}
            />
          ))}
      {roles.map(([name, role]) => (
        <PlayerOptimizer key={name} player={name} role={role} config={config} />
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

function withPlayer(config: ExperimentConfig, name: string, changes: Partial<PlayerConfig>): ExperimentConfig {
  return { ...config, players: { ...config.players, [name]: { ...playerOf(config, name), ...changes } } };
}

interface PlayerOptimizerProps {
  readonly player: string;
  readonly role: ModelInfo["players"][string];
  readonly config: ExperimentConfig;
}

function PlayerOptimizer({ player, role: { name, role }, config }: PlayerOptimizerProps) {
  const { optimizer } = playerOf(config, player);
  const withOptimizer = (next: OptimizerConfig) => withPlayer(config, player, { optimizer: next });
  return (
    <>
      <h4 className={fields.subheading}>
        <span className={fields.dot} data-role={role} aria-hidden="true" />
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
