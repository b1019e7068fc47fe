/** What the page tells a person: notices under a title, said and unsaid, and failures of requests in their own words. No looks. */
import type { StoreApi } from "zustand/vanilla";
import { errorSentence, isForeign } from "../core/errors";
import { withNotice, withoutTitle } from "./notices";
import type { Notice, PlaygroundState } from "./store";
import { WorkerDiedError } from "./training-client";

export const TITLES = {
  silent: "Still working",
  awaited: "The training program has not arrived yet",
  restarted: "The training worker was restarted",
  dead: "Training cannot run",
  data: "The data could not be loaded",
  link: "Parts of the link could not be read",
  failed: "That did not work",
  device: "Another device computes",
  stopped: "Training stopped",
  worker: "From the training worker",
  keep: "This run cannot be kept",
  ended: "The run before is kept",
} as const;

export interface Announcer {
  say(level: Notice["level"], title: string, text: string, action?: Notice["action"]): void;
  /** Takes notices of a title away. */
  unsay(title: string): void;
  /** Says that a request failed. @returns in which words; null where the worker died, which its status tells */
  tellFailure(error: unknown): string | null;
}

export function createAnnouncer({ setState: set }: StoreApi<PlaygroundState>): Announcer {
  const announcer: Announcer = {
    say(level, title, text, action = null) {
      set(({ notices }) => ({ notices: withNotice(notices, { level, title, text, action }) }));
    },
    unsay(title) {
      set(({ notices }) => ({ notices: withoutTitle(notices, title) }));
    },
    tellFailure(error) {
      if (error instanceof WorkerDiedError) return null;
      if (isForeign(error)) console.error(error);
      const why = errorSentence(error);
      announcer.say("error", TITLES.failed, why);
      return why;
    },
  };
  return announcer;
}
