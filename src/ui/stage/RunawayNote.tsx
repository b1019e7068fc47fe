/** Says that an arm has blown up, shows where its fakes went, and offers the way back. Why one stopped: StoppedNote. */
import { useActions, usePlayground } from "../../client/use-playground";
import type { ArmId } from "../../core/arms";
import { runawayOf } from "../../core/diagnosis/runaway";
import { formatNumber } from "../../core/format";
import { ARM, NUMBERS_MS, useThrottled } from "./live";

export function RunawayNote({ arm }: { readonly arm: ArmId }) {
  const actions = useActions();
  const view = useThrottled(ARM[arm], NUMBERS_MS);
  const zoomed = usePlayground((state) => state.zoomed);
  const sound = usePlayground((state) => state.sound);
  const runaway = view === undefined ? null : runawayOf(view);
  const points = view?.stage?.frame.kind !== "images";
  if (runaway === null && !(zoomed && points)) return null;
  const { reach = null, loss = null } = runaway ?? {};
  return (
    <div className="runaway">
      <p>
        <strong role="alert">{sentence(reach !== null, loss !== null)}</strong>{" "}
        {reach !== null && (
          <span className="number">{`They reach as far as ${formatNumber(reach)} from the middle. `}</span>
        )}
        {loss !== null && <span className="number">{`The loss is ${formatNumber(loss)}.`}</span>}
      </p>
      <div className="runaway-ways">
        {points && (reach !== null || zoomed) && (
          <button type="button" onClick={() => actions.setZoomed(!zoomed)}>
            {zoomed ? "Back to the data" : "Zoom to them"}
          </button>
        )}
        {runaway !== null && sound !== null && sound.beforeChange !== null && (
          <button type="button" onClick={() => actions.goBackToSound("beforeChange")}>
            {`Go back to before the change, step ${sound.beforeChange.toLocaleString("en")}`}
          </button>
        )}
        {runaway !== null && sound !== null && sound.latest > 0 && (
          <button type="button" onClick={() => actions.goBackToSound("latest")}>
            {`Go back to step ${sound.latest.toLocaleString("en")}`}
          </button>
        )}
      </div>
    </div>
  );
}

/** Without numbers, which change all the time: it is read out once. */
function sentence(outside: boolean, senseless: boolean): string {
  if (outside && senseless) return "The run has blown up: all fakes are outside the picture of the data.";
  if (outside) return "All fakes are outside the picture of the data.";
  if (senseless) return "The run has blown up: its losses have run away.";
  return "The picture goes as far as the fakes.";
}
