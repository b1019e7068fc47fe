/** The view of many runs: what to run, how far it is, what came of it. Lays its parts out. */
import { useState } from "react";
import { Results } from "./Results";
import { SweepForm } from "./SweepForm";
import { SweepProgress } from "./SweepProgress";
import "../frame/sheet-form.css";
import "./sweep.css";
import { useSweep } from "./use-sweep";

export default function ManyRuns() {
  const begun = useSweep(({ sweep }) => sweep !== null);
  const [setting, setSetting] = useState(false);
  return (
    <div className="sweep sheet-form">
      {!begun && (
        <p className="sweep-lead">
          One run proves little: another seed may tell another story. Here the experiment on the page is run under
          several seeds, or with several values of one or two of its settings, in the background. The page's own run
          goes on.
        </p>
      )}
      {begun && !setting ? (
        <>
          <SweepProgress onOther={() => setSetting(true)} />
          <Results />
        </>
      ) : (
        <SweepForm onStarted={() => setSetting(false)} {...(begun ? { onBack: () => setSetting(false) } : {})} />
      )}
    </div>
  );
}
