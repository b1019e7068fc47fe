/** How far many runs are, in numbers; pause, go on, cancel; other runs. */
import type { RunEntry } from "../../client/sweep/sweep-runs";
import { sweepRuns, useSweep } from "./use-sweep";

export function SweepProgress({ onOther }: { readonly onOther: () => void }) {
  const { sweep, phase, entries, workers, note, trouble } = useSweep((state) => state);
  if (sweep === null) return null;
  const { pause, resume, cancel, askAgain } = sweepRuns();
  const over = entries.filter(({ status }) => status !== "waiting" && status !== "running");
  const share = entries.reduce((sum, entry) => sum + shareOf(entry, sweep.steps), 0) / Math.max(1, entries.length);
  const going = phase === "running" || phase === "paused";
  return (
    <section className="sweep-progress" aria-label="Progress of the runs">
      <progress aria-label="Share of all steps" value={share} max={1} />
      <p className="number" role="status">
        {over.length} of {entries.length} runs {phase === "cancelled" ? "kept, the others were cancelled" : "done"}
        {going && `, ${Math.floor(100 * share)} % of all steps`}
        {phase === "running" && `, ${workers} at a time${leftText(entries, sweep.steps, workers)}`}
        {phase === "paused" && ", paused"}
        {endedText(entries)}
      </p>
      {note !== null && going && <p className="sweep-note">{note}</p>}
      {trouble !== null && (
        <p className="sweep-note sweep-trouble" role="alert">
          {trouble}
        </p>
      )}
      <div className="sweep-actions">
        {trouble !== null && (
          <button type="button" onClick={askAgain}>
            Ask again
          </button>
        )}
        {phase === "running" && (
          <button type="button" onClick={pause}>
            Pause
          </button>
        )}
        {phase === "paused" && (
          <button type="button" onClick={resume}>
            Go on
          </button>
        )}
        {going ? (
          <button type="button" onClick={cancel}>
            Cancel
          </button>
        ) : (
          <button type="button" onClick={onOther}>
            Other runs …
          </button>
        )}
      </div>
    </section>
  );
}

function shareOf({ status, step }: RunEntry, steps: number): number {
  if (status === "waiting" || status === "running") return step / steps;
  return 1;
}

/** The time that is left at the pace so far; empty before there is one. */
function leftText(entries: readonly RunEntry[], steps: number, workers: number): string {
  const done = entries.reduce((sum, { step }) => sum + step, 0);
  const seconds = entries.reduce((sum, entry) => sum + entry.seconds, 0);
  if (done === 0 || seconds === 0) return "";
  const left = entries.reduce((sum, entry) => sum + (1 - shareOf(entry, steps)) * steps, 0);
  const total = Math.ceil((left * seconds) / done / Math.max(1, workers));
  return total < 90 ? `, about ${total} s left` : `, about ${Math.round(total / 60)} min left`;
}

function endedText(entries: readonly RunEntry[]): string {
  const count = (status: RunEntry["status"]) => entries.filter((entry) => entry.status === status).length;
  const [diverged, failed] = [count("diverged"), count("failed")];
  return `${diverged > 0 ? `; ${diverged} diverged` : ""}${failed > 0 ? `; ${failed} could not be made` : ""}.`;
}
