/** The parts of the browser's page that the playground touches: the address and small settings. Guarded, nothing else. */

export interface PageAccess {
  /** The address's part from "#" on, or empty. */
  hash(): string;
  /** The address's part from "?" on, or empty. */
  search(): string;
  /** Writes the hash into the present entry of the browser's history, and what that entry is to be known by. */
  replaceHash(hash: string, entry: string): void;
  /** Writes the hash as a new entry, to which Back and Forward lead. */
  pushHash(hash: string, entry: string): void;
  /** What the present entry of the browser's history is known by; null for one that this page did not write. */
  entry(): string | null;
  /** A person pasted or followed a link with another hash. Returns how to stop listening. */
  onHashChange(listener: () => void): () => void;
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
    replaceHash: (hash, entry) => window.history.replaceState({ ...window.history.state, entry }, "", addressOf(hash)),
    pushHash: (hash, entry) => window.history.pushState({ entry }, "", addressOf(hash)),
    entry() {
      const entry: unknown = window.history.state?.entry;
      return typeof entry === "string" ? entry : null;
    },
    onHashChange(listener) {
      window.addEventListener("hashchange", listener);
      return () => window.removeEventListener("hashchange", listener);
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
