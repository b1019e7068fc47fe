/** What is done to images before D sees them: each kind by a switch, with how much of it. */
import { Fragment } from "react";
import { AUGMENT_IDS, AUGMENTS, type Augment } from "../../core/augment";
import { BOUNDS } from "../../core/bounds";
import type { ExperimentConfig } from "../../core/config";
import classes from "./experiment.module.css";
import fields from "./fields/fields.module.css";
import { NumberField } from "./fields/NumberField";
import { SwitchField } from "./fields/SwitchField";

interface Props {
  readonly augment: Augment;
  readonly apply: (augment: Augment) => ExperimentConfig;
}

export function AugmentFields({ augment, apply }: Props) {
  return (
    <>
      <h4 className={fields.subheading}>Augmentation, of reals and fakes alike</h4>
      {AUGMENT_IDS.map((id) => {
        const { name, definition, suggested } = AUGMENTS[id];
        const withValue = (value: number) => apply({ ...augment, [id]: value });
        return (
          <Fragment key={id}>
            <SwitchField
              label={name}
              definition={definition}
              checked={augment[id] > 0}
              apply={(on) => withValue(on ? suggested : 0)}
            />
            {augment[id] > 0 && (
              <div className={classes.penalty}>
                <NumberField
                  label="How much"
                  name={`${name}, how much`}
                  definition={`${suggested} is a good value to begin with; 0 is off.`}
                  value={augment[id]}
                  bounds={BOUNDS.augment[id]}
                  step={0.05}
                  apply={withValue}
                />
              </div>
            )}
          </Fragment>
        );
      })}
    </>
  );
}
