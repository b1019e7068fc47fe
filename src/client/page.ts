/** The parts of the browser's page that the playground touches: the address and small settings. Guarded, nothing else. */

export interface PageAccess {
  /** The address's part from "#" on, or empty. */
  hash(): string;
  /** The address's part from "?" on, or empty. */
  search(): string;
  /** Writes the hash into the present entry of the browser's history, what that is to be known by, and its place. */
  replaceHash(hash: string, entry: string, place: number): void;
  /** Writes the hash as a new entry, to which Back and Forward lead. */
  pushHash(hash: string, entry: string, place: number): void;
  /** What the present entry of the browser's history is known by; null for one that this page did not write. */
  entry(): string | null;
  /** The present entry's place among those that this page wrote, as it was written; null likewise. */
  place(): number | null;
  /** Goes back (below zero) or forward by so many entries, soon: listeners are told on arrival. */
  go(entries: number): void;
  /** The person came to another entry: by Back, Forward, or a pasted or followed link. Returns how to stop listening. */
  onVisit(listener: () => void): () => void;
  /** The person leaves or hides the page, perhaps for good. Returns how to stop listening. */
  onLeave(listener: () => void): () => void;
  /** A remembered setting, or null when there is none or storage is forbidden. */
  read(key: string): string | null;
  /** Remembers a setting where the browser allows it. */
  write(key: string, value: string): void;
  /** What this tab remembers over a reload, or null. Another tab has its own. */
  readTab(key: string): string | null;
  /** Remembers something for this tab where the browser allows it. */
  writeTab(key: string, value: string): void;
}

const PREFIX = "gan-playground.";

/** The real page. */
export function browserPage(): PageAccess {
  return {
    hash: () => window.location.hash,
    search: () => window.location.search,
    replaceHash: (hash, entry, place) => window.history.replaceState({ entry, place }, "", addressOf(hash)),
    pushHash: (hash, entry, place) => window.history.pushState({ entry, place }, "", addressOf(hash)),
    entry() {
      const entry: unknown = window.history.state?.entry;
      return typeof entry === "string" ? entry : null;
    },
    place() {
      const place: unknown = window.history.state?.place;
      return Number.isInteger(place) ? Number(place) : null;
    },
    go: (entries) => window.history.go(entries),
    onVisit(listener) {
      // "hashchange" alone is silent between entries of one address; where both are sent, "popstate" comes first.
      let told: string | null = null;
      const popped = () => {
        told = window.location.href;
        listener();
      };
      const changed = () => {
        if (told !== window.location.href) listener();
        told = null;
      };
      window.addEventListener("popstate", popped);
      window.addEventListener("hashchange", changed);
      return () => {
        window.removeEventListener("popstate", popped);
        window.removeEventListener("hashchange", changed);
      };
    },
    onLeave(listener) {
      // "pagehide" alone is not sent by phones that put a page to sleep first.
      const hidden = () => document.visibilityState === "hidden" && listener();
      window.addEventListener("pagehide", listener);
      document.addEventListener("visibilitychange", hidden);
      return () => {
        window.removeEventListener("pagehide", listener);
        document.removeEventListener("visibilitychange", hidden);
      };
    },
    ...storage(() => window.localStorage),
    readTab: storage(() => window.sessionStorage).read,
    writeTab: storage(() => window.sessionStorage).write,
  };
}

/** @param of naming it may throw already: private windows may forbid storage */
function storage(of: () => Storage): Pick<PageAccess, "read" | "write"> {
  return {
    read(key) {
      try {
        return of().getItem(PREFIX + key);
      } catch {
        return null;
      }
    },
    write(key, value) {
      try {
        of().setItem(PREFIX + key, value);
      } catch {
        // likewise, or the storage is full: the setting then lasts as long as the page
      }
    },
  };
}

function addressOf(hash: string): string {
  const { pathname, search } = window.location;
  return `${pathname}${search}${hash === "" ? "" : `#${hash}`}`;
}
