/** One network: named stack, layers with live shapes and parameter counts, initialiser. */
import { stackOf, stacksFor, withStack } from "../../core/architecture/adapt";
import { INITIALIZERS } from "../../core/architecture/layers";
import { checkNetwork, describeOwn } from "../../core/architecture/shapes";
import { contextOf, type ExperimentConfig, type NetworkConfig, networkOf } from "../../core/config";
import { findConflicts } from "../../core/conflicts";
import { modelOf, type NetworkRole } from "../../core/models";
import { objectionsAt } from "./conflicts";
import { ChoiceField } from "./fields/ChoiceField";
import fields from "./fields/fields.module.css";
import { Section } from "./fields/Section";
import { useExperiment } from "./fields/use-experiment";
import { LayerList } from "./LayerList";
import { INITIALIZER_NAMES } from "./layer-fields";

interface Props {
  /** As the model names it. */
  readonly network: string;
  readonly role: NetworkRole;
}

export function NetworkSection({ network: key, role: { name, role, inputSymbol, input, condition } }: Props) {
  const { config, setConfig } = useExperiment();
  const { layers, initializer } = networkOf(config, key);
  const context = contextOf(config);
  const network = describeOwn(config, key);
  const problems = checkNetwork(config, key);
  const { stacks, networks } = modelOf(config);
  const all = Object.keys(networks).length === 2 ? "both networks" : "all networks";
  const summary =
    "error" in network ? "" : `${layers.length} layers, ${network.parameters.toLocaleString("en")} weights`;
  const stack = stackOf(config);
  const { advice } = objectionsAt(findConflicts(config), `networks.${key}.layers`);
  return (
    <Section title={name} role={role} summary={summary} effect="restart" alert={problems.length > 0}>
      <ChoiceField
        label="Stack"
        name={`${name} stack`}
        definition={`Ready networks; choosing one replaces the layers of ${all}.`}
        value={stack}
        choices={stacksFor(config).flatMap((id) => {
          const stack = stacks[id];
          return stack === undefined ? [] : [{ value: id, label: stack.name, detail: stack.description }];
        })}
        placeholder="Edited by hand"
        apply={(id) => withStack(config, id)}
      />
      <LayerList
        name={name.toLowerCase()}
        layers={layers}
        inputName={inputSymbol}
        inputShape={input(context)}
        condition={condition?.(context) ?? 0}
        problems={problems}
        apply={(next) => withNetwork(config, key, { layers: next })}
        onChange={(next) => setConfig(withNetwork(config, key, { layers: next }))}
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
        apply={(next) => withNetwork(config, key, { initializer: next })}
      />
    </Section>
  );
}

function withNetwork(config: ExperimentConfig, name: string, changes: Partial<NetworkConfig>): ExperimentConfig {
  return { ...config, networks: { ...config.networks, [name]: { ...networkOf(config, name), ...changes } } };
}
