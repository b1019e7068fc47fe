/** Says that a run is done and how it went, and offers what to try next, each a press. */
import { IconFlag } from "@tabler/icons-react";
import { firstConfig } from "../../client/selectors";
import { useActions, usePlayground } from "../../client/use-playground";
import { presetExperiment, presetOf, saturatingStory } from "../../core/presets";
import { type Next, nextExperiments } from "../../core/quality/next";
import { openGallery } from "../gallery/gallery-store";
import type { Done } from "./done";

export function DoneCard({ done, onDismiss }: { readonly done: Done; readonly onDismiss: () => void }) {
  const config = usePlayground(firstConfig);
  const actions = useActions();
  const go = (next: Next) => {
    if (next.kind === "gallery") return openGallery();
    if (next.kind === "compare") actions.addArm();
    else if (next.id === "vanishing-gradient") actions.openExperiment(saturatingStory());
    else actions.openExperiment(presetExperiment(next.id));
    actions.train();
  };
  return (
    <section className="done" aria-label="Done">
      <p role="status">
        <IconFlag size={16} aria-hidden="true" /> <strong>Done.</strong> {done.sentence}
      </p>
      <div className="done-next">
        <span>What next?</span>
        {nextExperiments(presetOf(config), config.dataset, done.verdict).map((next) => (
          <button key={next.text} type="button" className="done-button" title={next.why} onClick={() => go(next)}>
            {next.text}
          </button>
        ))}
        <button type="button" className="done-keep" onClick={onDismiss}>
          Not now
        </button>
      </div>
    </section>
  );
}
