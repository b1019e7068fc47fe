/**
 * What to tell people of an error. Errors of ours carry sentences; those of the language and the browser carry words for programmers
 * ("t.map is not a function"), or none at all, and are told by their kind. The originals belong in the console.
 */

/** Errors that a browser or JavaScript itself throws, and what each means to somebody who only wants to train. */
const KINDS: Readonly<Record<string, string>> = {
  TypeError: "the program met something it does not expect",
  ReferenceError: "the program met something it does not expect",
  SyntaxError: "something could not be read",
  RangeError: "a number or a size is beyond what this browser allows",
  RuntimeError: "the WebAssembly program broke off, most often for want of memory",
  CompileError: "the WebAssembly program could not be compiled",
  LinkError: "the WebAssembly program could not be started",
  QuotaExceededError: "the browser's storage is full",
  NotAllowedError: "the browser does not allow it",
  SecurityError: "the browser does not allow it",
  AbortError: "it was broken off",
  TimeoutError: "it took too long",
  NetworkError: "the server was not reached, or the connection broke",
  DataCloneError: "it could not be copied",
  InvalidStateError: "the browser was not ready for it",
  NotFoundError: "what it needs is not there",
  UnknownError: "the browser gave no reason",
  VersionError: "another version of this page was here",
};

/** JavaScript's own RangeErrors, in the browsers' words; ours are sentences about numbers that people chose. */
const FOREIGN_RANGE =
  /^(invalid|array buffer|maximum call|out of memory|too much|allocation size|(start )?offset|length)/i;

/** The error's own words, or what its kind means; without a full stop, to be part of a sentence. Never empty. */
export function explainError(error: unknown): string {
  const { name, message } = wordsOf(error);
  const kind = kindOf(name, message);
  if (kind !== undefined) return `${kind} (${name})`;
  const own = message.trim().replace(/\.$/, "");
  return own === "" ? "no reason was given" : own;
}

/** The same as a sentence of its own. */
export function errorSentence(error: unknown): string {
  const text = explainError(error);
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

/** Whether the error is a programmer's affair: then its own words should go to the console. */
export function isForeign(error: unknown): boolean {
  const { name, message } = wordsOf(error);
  return kindOf(name, message) !== undefined;
}

function kindOf(name: string, message: string): string | undefined {
  return name === "RangeError" && !FOREIGN_RANGE.test(message) ? undefined : KINDS[name];
}

function wordsOf(error: unknown): { readonly name: string; readonly message: string } {
  if (typeof error !== "object" || error === null) return { name: "", message: String(error ?? "") };
  const { name, message } = error as { readonly name?: unknown; readonly message?: unknown };
  return { name: typeof name === "string" ? name : "", message: typeof message === "string" ? message : "" };
}
