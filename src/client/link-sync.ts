/**
 * Keeps the page's address and the experiment the same: writes the hash, and opens what a pasted link or the browser's Back
 * says. A change that is a place of its own gets an entry in the browser's history.
 */
import type { Experiment } from "../core/arms";
import { type DecodedExperiment, decodeExperiment, encodeExperiment, namesExperiment } from "../core/share";
import type { PageAccess } from "./page";

/** Browsers refuse to rewrite the address too often; a dragged slider would. */
const WRITE_AFTER_MS = 300;

export interface LinkSync {
  /** Opens the experiment that the address names now. */
  openAddress(): void;
  /** Writes an experiment to the address, soon. */
  write(experiment: Experiment): void;
  /**
   * What the entry of the address is to be known by.
   * @param isNewPlace the address gets a new entry, unless a link brought the person there, who has one then
   */
  name(entry: string, isNewPlace: boolean): void;
  dispose(): void;
}

export interface LinkSyncOptions {
  readonly page: PageAccess;
  readonly open: (experiment: DecodedExperiment) => void;
  /** Goes where the person was before, if that is still known by the entry's name. */
  readonly goTo: (entry: string) => boolean;
}

export function createLinkSync({ page, open, goTo }: LinkSyncOptions): LinkSync {
  let timer: ReturnType<typeof setTimeout> | null = null;
  let latest: string | null = null;
  let entry: string | null = null;
  let push = false;
  let opening = false;
  /** Place of the present entry among those that this page wrote into the browser's history. */
  let place = page.place() ?? 0;
  /** The places at which this page has shown what names stand for. */
  const places = new Map<string, number>();
  /** The place to which this page itself is going back or forward. */
  let goingTo: number | null = null;

  const flush = () => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    if (goingTo !== null) {
      goingTo = null; // the browser went nowhere: what is known of its history does not hold
      places.clear();
    }
    const hash = latest ?? page.hash().replace(/^#/, "");
    const name = entry ?? page.entry() ?? "";
    const same = page.hash().replace(/^#/, "") === hash;
    const shownAt = places.get(name) ?? place;
    if (!same && push) {
      for (const [shown, at] of places) if (at > place) places.delete(shown); // the browser forgets them likewise
      place += 1;
      page.pushHash(hash, name, place);
    } else if (shownAt !== place) {
      // What an undo leads to stands in the history already: written once more, one Back would be without effect.
      goingTo = shownAt;
      page.go(shownAt - place);
      return;
    } else if (!same || page.entry() !== name || page.place() !== place) page.replaceHash(hash, name, place);
    places.set(name, place);
    push = false;
  };
  const soon = () => {
    if (timer !== null) clearTimeout(timer);
    timer = setTimeout(flush, WRITE_AFTER_MS);
  };
  const openAddress = () => {
    if (timer !== null) clearTimeout(timer); // what a person pasted counts more than what was to be written
    timer = null;
    push = false;
    // An anchor, such as a skip link's that was opened by other means than a click, says nothing of the experiment.
    if (latest !== null && page.hash() !== "" && !namesExperiment(page.hash())) return soon();
    opening = true;
    const known = page.entry();
    if (known === null || !goTo(known)) open(decodeExperiment(page.hash()));
    opening = false;
  };
  const visit = () => {
    const arrived = page.place();
    const own = arrived !== null && arrived === goingTo;
    goingTo = null;
    place = arrived ?? place + 1; // an entry that this page did not write follows the one that it was opened from
    if (own) soon();
    else openAddress();
  };
  const stopListening = page.onVisit(visit);

  return {
    openAddress,
    write(experiment) {
      latest = encodeExperiment(experiment);
      soon();
    },
    name(next, isNewPlace) {
      entry = next;
      push ||= isNewPlace && !opening;
      timer ??= setTimeout(flush, WRITE_AFTER_MS);
    },
    dispose() {
      flush();
      stopListening();
    },
  };
}
