/** The experiment, from data to regularisers. Sections only; each is a file of its own. */
import { usePlayground } from "../../client/use-playground";
import { ArmSwitch } from "./ArmSwitch";
import { DataSection } from "./DataSection";
import classes from "./experiment.module.css";
import { LatentSection } from "./LatentSection";
import { LossSection } from "./LossSection";
import { NetworkSection } from "./NetworkSection";
import { OptimizerSection } from "./OptimizerSection";
import { RegularisersSection } from "./RegularisersSection";

export function ExperimentPanel() {
  return (
    <>
      <ArmSwitch />
      <Refusals />
      <DataSection />
      <LossSection />
      <OptimizerSection />
      <LatentSection />
      <NetworkSection player="generator" />
      <NetworkSection player="discriminator" />
      <RegularisersSection />
    </>
  );
}

/** Why the experiment on the controls does not run yet; what ran before goes on. */
function Refusals() {
  const refusals = usePlayground((state) => state.refusals);
  if (refusals.length === 0) return null;
  return (
    <div className={classes.refusals} role="alert">
      <strong>This experiment cannot run yet.</strong> The last one that could goes on.
      <ul>
        {refusals.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
    </div>
  );
}
