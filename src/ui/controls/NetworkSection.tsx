/** One player's network: named stack, layers with live shapes and parameter counts, initialiser. */
import { stackOf, stacksFor, withStack } from "../../core/architecture/adapt";
import { INITIALIZERS, type LayerSpec } from "../../core/architecture/layers";
import { checkArchitecture, describeNetwork, discriminatorInput } from "../../core/architecture/shapes";
import { STACKS } from "../../core/architecture/stacks";
import type { ExperimentConfig, PlayerName } from "../../core/config";
import { findConflicts } from "../../core/conflicts";
import { dataShape } from "../../core/datasets";
import { objectionsAt } from "./conflicts";
import { ChoiceField } from "./fields/ChoiceField";
import fields from "./fields/fields.module.css";
import { Section } from "./fields/Section";
import { useExperiment } from "./fields/use-experiment";
import { LayerList } from "./LayerList";
import { INITIALIZER_NAMES } from "./layer-fields";

const NAMES = { generator: "Generator", discriminator: "Discriminator" } as const;

export function NetworkSection({ player }: { player: PlayerName }) {
  const { config, setConfig } = useExperiment();
  const name = NAMES[player];
  const { layers, initializer } = config[player];
  const input =
    player === "generator" ? [config.latent.size] : discriminatorInput(dataShape(config.dataset), config.packing);
  const network = describeNetwork(layers, input);
  const problems = checkArchitecture(config).filter((problem) => problem.startsWith(`${name}:`));
  const summary =
    "error" in network ? "" : `${layers.length} layers, ${network.parameters.toLocaleString("en")} weights`;
  const stack = stackOf(config);
  const { advice } = objectionsAt(findConflicts(config), `${player}.layers`);
  return (
    <Section title={name} role={player} summary={summary} effect="restart" alert={problems.length > 0}>
      <ChoiceField
        label="Stack"
        name={`${name} stack`}
        definition="A ready pair of networks; choosing one replaces the layers of both players."
        value={stack}
        choices={stacksFor(config.dataset).map((id) => ({
          value: id,
          label: STACKS[id].name,
          detail: STACKS[id].description,
        }))}
        placeholder="Edited by hand"
        apply={(id) => withStack(config, id)}
      />
      <LayerList
        player={player}
        layers={layers}
        inputName={player === "generator" ? "z" : "x"}
        inputShape={input}
        problems={problems}
        apply={(next) => withLayers(config, player, next)}
        onChange={(next) => setConfig(withLayers(config, player, next))}
      />
      {advice !== null && (
        <p className={fields.advice} role="status">
          {advice}
        </p>
      )}
      <ChoiceField
        label="Initialiser"
        name={`${name} initialiser`}
        definition="How the kernels begin: Glorot suits tanh, He suits ReLU and its kin, N(0, 0.02²) is DCGAN's. Biases begin at zero."
        layout="row"
        value={initializer}
        choices={INITIALIZERS.map((value) => ({ value, label: INITIALIZER_NAMES[value] }))}
        apply={(next) => withInitializer(config, player, next)}
      />
    </Section>
  );
}

function withLayers(config: ExperimentConfig, player: PlayerName, layers: LayerSpec[]): ExperimentConfig {
  return player === "generator"
    ? { ...config, generator: { ...config.generator, layers } }
    : { ...config, discriminator: { ...config.discriminator, layers } };
}

function withInitializer(
  config: ExperimentConfig,
  player: PlayerName,
  initializer: (typeof INITIALIZERS)[number],
): ExperimentConfig {
  return player === "generator"
    ? { ...config, generator: { ...config.generator, initializer } }
    : { ...config, discriminator: { ...config.discriminator, initializer } };
}
