/** What an error event of a worker says, and the sentences for one whose program never began: of the training worker and of many runs. */
import { explainError } from "../core/errors";

/** A browser says nothing of a worker whose script it did not get. */
export const NOT_LOADED = "its program could not be loaded or failed";

/** What a worker's error event tells, as part of a sentence. */
export function workerErrorText(event: Event): string {
  const text = "message" in event && typeof event.message === "string" ? event.message : "";
  if (text === "") return NOT_LOADED;
  // Browsers tell of an error as "Uncaught TypeError: words for programmers".
  const [, name = "", message = text] = /^(?:Uncaught )?(\w*(?:Error|Exception)): (.*)$/s.exec(text) ?? [];
  return explainError({ name, message });
}

/** Why a program did not begin, and what to do: two sentences or three. @param whose its subject, as "Its program" */
export function neverBegan(whose: string, why: string): string {
  return why === NOT_LOADED
    ? `${whose} could not be loaded: the connection broke, or this page was published anew since you opened it. Reload the page; your experiment is in its address.`
    : `${whose} failed as it started: ${why}. Reload the page; your experiment is in its address. If that does not help, close other tabs, or update this browser.`;
}

/** The same of one of which nothing was heard. @param whose its subject */
export const notHeardYet = (whose: string) =>
  `${whose}. The connection may be slow, the server may not answer, or the browser may have ended it for want of memory: close other tabs, then ask again.`;
