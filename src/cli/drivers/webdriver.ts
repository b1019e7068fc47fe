/**
 * A browser outside Playwright, driven as the WebDriver standard says: what Firefox (firefox.ts) and WebKit (in tests/browser) have in common. How
 * commands reach the browser is theirs.
 */

/** Sends one command. @throws Error with the browser's own words */
export type Send = (command: WebDriverCommand, parameters: Record<string, unknown>) => Promise<unknown>;

/** The few commands of https://www.w3.org/TR/webdriver2/ that are used here. */
export type WebDriverCommand = "navigate" | "refresh" | "executeAsync" | "actions";

export interface DrivenBrowser {
  readonly name: string;
  open(address: string): Promise<void>;
  reload(): Promise<void>;
  /** Evaluates an expression of JavaScript in the page, awaits it, and gives its value as JSON would. */
  evaluate<T>(expression: string): Promise<T>;
  /** Presses and releases a key: a character, or a name of KEYS. */
  press(key: string): Promise<void>;
  close(): Promise<void>;
}

/** Keys that are no characters, as WebDriver writes them. */
const KEYS: Readonly<Record<string, string>> = { End: "\uE010", Home: "\uE011", ArrowRight: "\uE014" };

export function drivenBrowser(name: string, send: Send, close: () => Promise<void>): DrivenBrowser {
  return {
    name,
    open: async (url) => void (await send("navigate", { url })),
    reload: async () => void (await send("refresh", {})),
    async evaluate<T>(expression: string): Promise<T> {
      const script = `
        const done = arguments[arguments.length - 1];
        Promise.resolve().then(async () => done({ value: await (${expression}) })).catch((error) => done({ error: String(error) }));`;
      const answer = (await send("executeAsync", { script, args: [] })) as { value?: T; error?: string };
      if (answer.error !== undefined) throw new Error(`${name}: ${answer.error}`);
      return answer.value as T;
    },
    async press(key) {
      const value = KEYS[key] ?? key;
      const actions = [
        { type: "keyDown", value },
        { type: "keyUp", value },
      ];
      await send("actions", { actions: [{ type: "key", id: "keyboard", actions }] });
    },
    close,
  };
}

/** Tries until it does not throw, for at most so many milliseconds. */
export async function insist<T>(attempt: () => Promise<T>, milliseconds: number): Promise<T> {
  const end = Date.now() + milliseconds;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (Date.now() > end) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
