/** The unit that was pressed: its numbers, its weights as pictures, and the switch that takes it out. */
import { useCallback } from "react";
import { formatNumber } from "../../../core/format";
import { deadUnits, type Inside, type KernelPictures } from "../../../core/inside";
import { Canvas, type Paint } from "../../stage/Canvas";
import { drawImageAt } from "../../stage/images-view";
import { useRoleColors } from "../../theme/use-role-colors";
import { toggleUnit } from "./inside-store";
import { reachOf, tileImages } from "./unit-tiles";

interface Props {
  readonly inside: Inside;
  readonly unit: number;
  readonly off: boolean;
  readonly change: number | null;
  readonly role: "generator" | "discriminator";
}

export function OneUnit({ inside, unit, off, change, role }: Props) {
  const { mean, deviation, positive, lowest, highest } = inside.statistics;
  const at = (values: Float32Array) => formatNumber(values[unit] ?? Number.NaN, 2);
  const resting = deadUnits(inside).includes(unit);
  return (
    <section aria-label={`Unit ${unit + 1}`} className="inside-unit">
      <div className="inside-head">
        <h4>Unit {unit + 1}</h4>
        <button type="button" className="inside-button" aria-pressed={off} onClick={() => toggleUnit(unit)}>
          {off ? "Switch it on again" : "Switch it off"}
        </button>
      </div>
      <p className="number">
        Over 64 samples: mean {at(mean)}, spread {at(deviation)}, from {at(lowest)} to {at(highest)}, above 0 in{" "}
        {Math.round(100 * (positive[unit] ?? 0))} % of places.
        {resting && " It is at rest: it gives the same whatever comes in."}
        {change !== null &&
          Number.isFinite(change) &&
          ` Alone it changes what comes out by ${formatNumber(change, 2)}.`}
      </p>
      {inside.kernel !== null && <Kernel kernel={inside.kernel} role={role} unit={unit} />}
    </section>
  );
}

/** Slices that are shown at most. */
const MOST_SLICES = 128;
const GAP = 2;
const NOTHING = () => () => {};

function Kernel({
  kernel,
  role,
  unit,
}: { readonly kernel: KernelPictures; readonly unit: number } & Pick<Props, "role">) {
  const colors = useRoleColors();
  const count = Math.min(kernel.count, MOST_SLICES);
  const side = kernel.height * kernel.width > 64 ? 140 : kernel.height * kernel.width > 1 ? 28 : 12;
  const paint = useCallback<Paint>(
    (context, width) => {
      const images = tileImages(kernel, reachOf(kernel.values), colors[role], colors);
      const columns = Math.max(1, Math.floor((width + GAP) / (side + GAP)));
      for (let i = 0; i < count; i++) {
        const [x, y] = [(i % columns) * (side + GAP), Math.floor(i / columns) * (side + GAP)];
        drawImageAt(context, images, i, { x, y, width: side, height: side });
      }
    },
    [kernel, count, side, role, colors],
  );
  const perRow = Math.max(1, Math.floor((ASSUMED_WIDTH + GAP) / (side + GAP)));
  return (
    <figure className="inside-kernel">
      <div style={{ position: "relative", height: Math.ceil(count / perRow) * (side + GAP) }}>
        <Canvas label={`Weights into unit ${unit + 1}`} subscribe={NOTHING} paint={paint} />
      </div>
      <figcaption>
        Its weights, {kernel.height > 1 ? `a picture of ${kernel.height} × ${kernel.width}` : "a square"} for each of{" "}
        {kernel.count} inputs{kernel.count > count ? `, the first ${count}` : ""}; above 0 in colour, below 0 in ink.
      </figcaption>
    </figure>
  );
}

/** The narrowest that the column is; wider, the last rows stay empty. */
const ASSUMED_WIDTH = 280;
