/** What could not be read, in sentences for people: each once, and no more of them than anybody reads. */

/** A page of complaints helps nobody mend a link: the first few name the kind of thing that is wrong. */
const MOST_SAID = 5;

export interface Problems {
  /** Adds a sentence, unless it was said before. */
  say(sentence: string): void;
  /** The first few sentences, and how many others there were. */
  list(): string[];
}

export function collectProblems(): Problems {
  const said = new Set<string>();
  let others = 0;
  return {
    say(sentence) {
      if (said.has(sentence)) return;
      if (said.size < MOST_SAID) said.add(sentence);
      else others += 1;
    },
    list() {
      if (others === 0) return [...said];
      return [...said, others === 1 ? "There was one more problem." : `There were ${others} more problems.`];
    },
  };
}

/** A text that somebody else wrote, short enough to be quoted. */
export function shorten(text: string, length = 40): string {
  return text.length > length ? `${text.slice(0, length - 3)}...` : text;
}
