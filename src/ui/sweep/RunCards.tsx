/** Small multiples: a card a run with its final picture, its seed and settings, how it went. A press opens the run on the page. */
import { memo } from "react";
import { type RunEntry, runSnapshotOf } from "../../client/sweep/sweep-runs";
import { useActions } from "../../client/use-playground";
import { singleArm } from "../../core/arms";
import { formatNumber } from "../../core/format";
import { METRICS, type MetricId } from "../../core/metrics";
import { RunPicture } from "./RunPicture";
import { closeSweep } from "./sweep-sheet";

interface Props {
  readonly entries: readonly RunEntry[];
  readonly metric: MetricId | null;
}

export function RunCards({ entries, metric }: Props) {
  return (
    <section aria-label="Runs">
      {entries.length === 0 && <p className="sweep-note">No run is of that kind.</p>}
      <ul className="sweep-cards">
        {entries.map((entry) => (
          <li key={entry.run.index}>
            <RunCard entry={entry} metric={metric} />
          </li>
        ))}
      </ul>
    </section>
  );
}

const RunCard = memo(function RunCard({
  entry,
  metric,
}: {
  readonly entry: RunEntry;
  readonly metric: MetricId | null;
}) {
  const { openExperiment, openRun } = useActions();
  const { run, picture } = entry;
  const open = () => {
    const experiment = singleArm(run.config);
    const snapshot = runSnapshotOf(entry);
    if (snapshot === null) openExperiment(experiment);
    else openRun(experiment, snapshot);
    closeSweep();
  };
  const value = metric === null ? undefined : entry.outcome?.metrics[metric];
  return (
    <button
      type="button"
      className="sweep-card"
      data-status={entry.status}
      title={
        entry.reason ??
        (entry.state === null
          ? "Opens this experiment on the page, from its first step"
          : "Opens this run on the page, where it ended")
      }
      onClick={open}
    >
      <span className="sweep-picture">
        {picture === null ? (
          <span className="sweep-empty">{emptyText(entry)}</span>
        ) : (
          <RunPicture picture={picture} config={run.config} />
        )}
      </span>
      <strong>Seed {run.seed}</strong>
      {run.cell.name !== "" && <span className="sweep-cell-name">{run.cell.name}</span>}
      <span className="number">
        {metric === null || value === undefined ? statusText(entry) : `${METRICS[metric].name} ${formatNumber(value)}`}
      </span>
    </button>
  );
});

function emptyText({ status, step }: RunEntry): string {
  if (status === "diverged") return `diverged at step ${(step + 1).toLocaleString("en")}`;
  if (status === "failed") return "could not be made";
  if (status === "cancelled") return "cancelled";
  return status === "running" ? `step ${step.toLocaleString("en")}` : "waiting";
}

function statusText(entry: RunEntry): string {
  if (entry.status === "failed" || entry.status === "diverged") return entry.reason ?? "";
  return entry.status === "done" ? `${entry.seconds.toFixed(1)} s` : "";
}
