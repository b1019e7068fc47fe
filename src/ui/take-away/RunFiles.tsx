/** The run's numbers to take away: its curves and measures as CSV, all of it as JSON. */

import type { PlaygroundState } from "../../client/store";
import { playground } from "../../client/use-playground";
import { permanentHash } from "../../core/share";
import { NUMBERS_MS, useThrottled } from "../stage/live";
import { type Numbers, rowsOf, runCsv, runJson } from "./run-files";
import { fileName, saveText } from "./save";

const ARMS = (state: PlaygroundState) => state.arms;

const NAMES: Readonly<Record<Numbers, string>> = { curves: "Curves", measures: "Measures" };

export function RunFiles() {
  const arms = useThrottled(ARMS, NUMBERS_MS);
  const rows = (which: Numbers) => arms.reduce((sum, arm) => sum + rowsOf(arm, which), 0);
  const state = () => playground().store.getState();
  const csv = (which: Numbers) => saveText(runCsv(state().arms, which), "text/csv", fileName(state(), which, "csv"));
  const json = () => {
    const url = new URL(window.location.href);
    url.hash = permanentHash(state().experiment);
    saveText(runJson(state().arms, url.href), "application/json", fileName(state(), "run", "json"));
  };
  return (
    <section aria-labelledby="take-numbers" className="take-part">
      <h3 id="take-numbers">The numbers</h3>
      <div className="take-fields">
        {(["curves", "measures"] as const).map((which) => (
          <button key={which} type="button" disabled={rows(which) === 0} onClick={() => csv(which)}>
            {NAMES[which]} as CSV
          </button>
        ))}
        <button type="button" disabled={rows("curves") === 0} onClick={json}>
          Everything as JSON
        </button>
      </div>
      <p className="take-note number">
        {rows("curves").toLocaleString("en")} rows of curves, thinned for the eye, each of them a real step's numbers;{" "}
        {rows("measures").toLocaleString("en")} measurings. The JSON holds the experiment and its link too. Every step's
        numbers come from <code>npm run train</code> with the JSON's configuration.
      </p>
    </section>
  );
}
