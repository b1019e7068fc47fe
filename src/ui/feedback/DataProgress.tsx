/** Data on its way: how much is here, or what went wrong and the way to try again. Nothing once all is here. */
import { firstConfig } from "../../client/selectors";
import { useActions, usePlayground } from "../../client/use-playground";
import { datasetName } from "../../core/datasets";
import classes from "./feedback.module.css";

export function DataProgress() {
  const data = usePlayground((state) => state.data);
  const told = usePlayground((state) => state.notices.some(({ text }) => text === state.data?.error));
  const current = usePlayground((state) => firstConfig(state).dataset);
  const waiting = usePlayground((state) => state.wantsTraining && state.phase === "loading");
  const actions = useActions();
  if (data === null || data.dataset !== current) return null;
  const name = datasetName(data.dataset);
  if (data.error !== null) {
    if (told) return null; // a notice says it, with its own button
    return (
      <div className={classes.data} role="alert">
        <span>{data.error}</span>
        <button type="button" className={classes.action} onClick={() => actions.retryData()}>
          Retry
        </button>
      </div>
    );
  }
  if (data.total > 0 && data.loaded >= data.total) return null;
  return (
    <div className={classes.data}>
      <label htmlFor="data-progress">
        {name}: {data.total === 0 ? "asking the server" : megabytes(data.loaded, data.total)}
        {waiting && <span>. Training begins with the first part.</span>}
      </label>
      {/* Without a value it says that something is on its way, but not how far it is. */}
      <progress
        id="data-progress"
        className={classes.progress}
        {...(data.total === 0 ? {} : { value: data.loaded, max: data.total })}
      />
    </div>
  );
}

/** "3.1 of 9.9 MB". */
function megabytes(loaded: number, total: number): string {
  return `${(loaded / 1e6).toFixed(1)} of ${(total / 1e6).toFixed(1)} MB`;
}
