/** Keeps the page's address and the experiment the same: writes the hash, and opens what a pasted link says. */
import type { Experiment } from "../core/arms";
import { type DecodedExperiment, decodeExperiment, encodeExperiment } from "../core/share";
import type { PageAccess } from "./page";

/** Browsers refuse to rewrite the address too often; a dragged slider would. */
const WRITE_AFTER_MS = 300;

export interface LinkSync {
  /** Opens the experiment that the address names now. */
  openAddress(): void;
  /** Writes an experiment to the address, soon. */
  write(experiment: Experiment): void;
  dispose(): void;
}

export function createLinkSync(page: PageAccess, open: (experiment: DecodedExperiment) => void): LinkSync {
  let timer: ReturnType<typeof setTimeout> | null = null;
  let latest: string | null = null;

  const flush = () => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    if (latest !== null && page.hash().replace(/^#/, "") !== latest) page.replaceHash(latest);
  };
  const openAddress = () => {
    if (timer !== null) clearTimeout(timer); // what a person pasted counts more than what was to be written
    timer = null;
    open(decodeExperiment(page.hash()));
  };
  const stopListening = page.onHashChange(openAddress);

  return {
    openAddress,
    write(experiment) {
      latest = encodeExperiment(experiment);
      if (timer !== null) clearTimeout(timer);
      timer = setTimeout(flush, WRITE_AFTER_MS);
    },
    dispose() {
      flush();
      stopListening();
    },
  };
}
