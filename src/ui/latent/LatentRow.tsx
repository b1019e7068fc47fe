/** One dimension of the latent: a slider and the same number to type. Renders only when its own value changes. */
import { memo } from "react";
import { usePlayground } from "../../client/use-playground";
import { LatentNumber } from "./LatentNumber";
import { useMoveLatent } from "./latent-store";
import { spokenLatent } from "./latent-text";
import { RangeSlider } from "./RangeSlider";

interface Props {
  readonly dimension: number;
  readonly range: number;
}

export const LatentRow = memo(function LatentRow({ dimension, range }: Props) {
  const value = usePlayground((state) => state.latent[dimension] ?? 0);
  const move = useMoveLatent();
  const name = `Latent ${dimension + 1}`;
  return (
    <div className="latent-row">
      <span className="latent-name" aria-hidden="true">
        z<sub>{dimension + 1}</sub>
      </span>
      <RangeSlider
        name={name}
        value={value}
        min={-range}
        max={range}
        step={range / 100}
        origin={0}
        valueText={spokenLatent(value)}
        onChange={(next) => move([[dimension, next]])}
      />
      <LatentNumber name={name} value={value} range={range} onChange={(next) => move([[dimension, next]])} />
    </div>
  );
});
