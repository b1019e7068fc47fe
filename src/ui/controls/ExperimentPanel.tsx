/** The experiment, from model and data to regularisers. Sections only; each is a file of its own. */

import { panelConfig } from "../../client/selectors";
import type { ArmView } from "../../client/store";
import { useActions, usePlayground } from "../../client/use-playground";
import type { ArmConfig } from "../../core/arms";
import { modelOf } from "../../core/models";
import { ModelSection } from "../model/ModelSection";
import { ArmSwitch } from "./ArmSwitch";
import { DataSection } from "./DataSection";
import classes from "./experiment.module.css";
import { LatentSection } from "./LatentSection";
import { LossSection } from "./LossSection";
import { NetworkSection } from "./NetworkSection";
import { OptimizerSection } from "./OptimizerSection";
import { RegularisersSection } from "./RegularisersSection";
import { SeedField } from "./SeedField";

export function ExperimentPanel() {
  const { networks: roles } = usePlayground((state) => modelOf(panelConfig(state)));
  const networks = Object.entries(roles);
  return (
    <>
      <ArmSwitch />
      <Refusals />
      <div className={classes.seedRow}>
        <SeedField />
      </div>
      <ModelSection />
      <DataSection />
      <LossSection />
      <OptimizerSection />
      <LatentSection />
      {networks.map(([name, role]) => (
        <NetworkSection key={name} network={name} role={role} />
      ))}
      <RegularisersSection />
    </>
  );
}

/** Why the experiment on the controls does not run yet, always in view; and the way back to the one that runs. */
function Refusals() {
  const refusals = usePlayground((state) => state.refusals);
  const training = usePlayground((state) => state.wantsTraining);
  const started = usePlayground((state) => state.device !== null);
  const [first, ...others] = usePlayground((state) => state.arms);
  const { openExperiment } = useActions();
  if (refusals.length === 0 || first === undefined) return null;
  const armOf = ({ id, config }: ArmView): ArmConfig => ({ id, config });
  return (
    <div className={classes.refusals}>
      <div role="alert">
        <strong>This experiment cannot run yet.</strong>{" "}
        {training ? "The last one that could goes on." : "Train waits until it can."}
        <ul>
          {refusals.map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
      </div>
      <button
        type="button"
        className={classes.smallButton}
        onClick={() => openExperiment({ arms: [armOf(first), ...others.map(armOf)] })}
      >
        {started ? "Go back to the last one that could" : "Open the default experiment"}
      </button>
    </div>
  );
}
