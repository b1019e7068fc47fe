/**
 * Says over its picture that an arm has blown up, and offers the way: to where its fakes went, and back. Over it, so that nothing
 * is pushed away: there is little to see of such a run. Why one stopped: StoppedNote.
 */
import type { PlaygroundState } from "../../client/store";
import { useActions, usePlayground } from "../../client/use-playground";
import type { ArmId } from "../../core/arms";
import { runawayOf } from "../../core/diagnosis/runaway";
import { formatNumber } from "../../core/format";
import { ARM, NUMBERS_MS, useThrottled } from "./live";

interface Props {
  readonly arm: ArmId;
  /** Whether the ways out stand here; several arms have them once (RunawayWays). */
  readonly ways: boolean;
}

export function RunawayNote({ arm, ways }: Props) {
  const view = useThrottled(ARM[arm], NUMBERS_MS);
  const zoomed = usePlayground((state) => state.zoomed);
  const runaway = view === undefined ? null : runawayOf(view);
  const points = view?.stage?.frame.kind !== "images";
  if (runaway === null && !(zoomed && points && ways)) return null;
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
      {ways && <Ways outside={points && reach !== null} blownUp={runaway !== null} zoomable={points} />}
    </div>
  );
}

/** The ways out for all arms of a comparison, which share scale and run; nothing where none has blown up. */
export function RunawayWays() {
  const arms = useThrottled(ARMS, NUMBERS_MS); // each look goes through all fakes
  const zoomed = usePlayground((state) => state.zoomed);
  const runaways = arms.map((view) => ({ view, runaway: runawayOf(view) })).filter(({ runaway }) => runaway !== null);
  if (runaways.length === 0 && !zoomed) return null;
  const outside = runaways.some(({ view, runaway }) => view.stage?.frame.kind !== "images" && runaway?.reach != null);
  return <Ways outside={outside} blownUp={runaways.length > 0} zoomable />;
}

const ARMS = (state: PlaygroundState) => state.arms;

interface WaysProps {
  /** All fakes are outside the picture. */
  readonly outside: boolean;
  readonly blownUp: boolean;
  /** The picture can go as far as the fakes. */
  readonly zoomable: boolean;
}

function Ways({ outside, blownUp, zoomable }: WaysProps) {
  const actions = useActions();
  const zoomed = usePlayground((state) => state.zoomed);
  const sound = usePlayground((state) => state.sound);
  return (
    <div className="runaway-ways">
      {zoomable && (outside || zoomed) && (
        <button type="button" onClick={() => actions.setZoomed(!zoomed)}>
          {zoomed ? "Back to the data" : "Zoom to them"}
        </button>
      )}
      {blownUp && sound !== null && sound.beforeChange !== null && (
        <button type="button" onClick={() => actions.goBackToSound("beforeChange")}>
          {`Go back to before the change, step ${sound.beforeChange.toLocaleString("en")}`}
        </button>
      )}
      {blownUp && sound !== null && sound.latest > 0 && (
        <button type="button" onClick={() => actions.goBackToSound("latest")}>
          {`Go back to step ${sound.latest.toLocaleString("en")}`}
        </button>
      )}
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
