/** The seed: with the rest of the experiment it determines the whole run. */
import { Popover } from "@mantine/core";
import { IconDice5 } from "@tabler/icons-react";
import { useState } from "react";
import { isComparing } from "../../client/selectors";
import { usePlayground } from "../../client/use-playground";
import { armLetter } from "../../core/arms";
import { BOUNDS } from "../../core/bounds";
import classes from "./bar.module.css";
import { effectSentence } from "./fields/effect";
import { NumberInput } from "./fields/NumberInput";
import { useExperiment } from "./fields/use-experiment";

const RANDOM_SEEDS = 10_000; // short enough to read out to a class

export function SeedField() {
  const { config, setConfig } = useExperiment();
  // While comparing, the seed is one of the settings that belong to an arm.
  const label = usePlayground((state) => (isComparing(state) ? `Seed of ${armLetter(state.panelArm)}` : "Seed"));
  const [problem, setProblem] = useState<string | null>(null);
  const description = `Same experiment, seed and device: the same run. ${effectSentence("restart")}`;
  const setSeed = (seed: number) => setConfig({ ...config, seed });
  const roll = () => {
    setProblem(null);
    setSeed(Math.floor(Math.random() * RANDOM_SEEDS));
  };
  return (
    <div className={classes.item} data-narrow="true">
      <label htmlFor="seed">{label}</label>
      <Popover
        withRoles={false}
        opened={problem !== null}
        onChange={() => setProblem(null)}
        position="bottom"
        shadow="md"
        width={240}
      >
        <Popover.Target>
          <div className={classes.seed}>
            <NumberInput
              id="seed"
              label={label}
              describedBy="seed-description"
              value={config.seed}
              bounds={BOUNDS.seed}
              onChange={setSeed}
              onProblem={setProblem}
            />
            <button type="button" className={classes.icon} aria-label="Random seed" title="Random seed" onClick={roll}>
              <IconDice5 size={16} aria-hidden="true" />
            </button>
          </div>
        </Popover.Target>
        <Popover.Dropdown className={classes.popover ?? ""} role="alert">
          {problem}
        </Popover.Dropdown>
      </Popover>
      <span id="seed-description" className="visually-hidden">
        {description}
      </span>
    </div>
  );
}
