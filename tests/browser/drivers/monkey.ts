/** Does one random thing after another on the page, with the mouse and the keyboard, from a seed. Checks nothing. */
import type { Page } from "@playwright/test";
import { integers } from "../../../src/core/rng";

/** Something on the page that can be used. */
interface Target {
  readonly kind: "button" | "combobox" | "slider" | "textbox" | "switch" | "canvas";
  readonly name: string;
  readonly index: number;
}

/** What leaves the page or the window, and what takes minutes with a graphics card that is drawn by the processor. */
const SPARED = /^(Copy link|Compare devices|Device|Reload|.*full screen.*|Present.*)$/i;
const TEXTS = ["0", "1", "-5", "3", "16", "64", "0.0003", "1e9", "abc", "", "0,5", "99999999999999999999"];
const KEYS = [
  "ArrowLeft",
  "ArrowRight",
  "ArrowUp",
  "Home",
  "End",
  "PageUp",
  "Escape",
  "Tab",
  "Enter",
  "d",
  "g",
  "b",
  "?",
];
const SIZES = [320, 390, 768, 1024, 1280, 1440, 1920];
const HEIGHTS = [568, 720, 844, 900, 1080];
/** Actions that a story remembers. */
const REMEMBERED = 40;

export class Monkey {
  count = 0;
  readonly #page: Page;
  readonly #seed: number;
  readonly #links: readonly string[];
  readonly #done: string[] = [];
  #drawn = 0;

  /** @param links addresses of experiments, from "#" on */
  constructor(page: Page, seed: number, links: readonly string[]) {
    this.#page = page;
    this.#seed = seed;
    this.#links = links;
  }

  /** The latest actions, for whoever has to find out. */
  story(): string {
    return `seed ${this.#seed}, action ${this.count}: ${this.#done.join(" | ")}`;
  }

  async act(): Promise<void> {
    this.count += 1;
    const dice = this.#draw(100);
    if (dice < 4) await this.#resize();
    else if (dice < 8) await this.#open(this.#one(this.#links));
    else if (dice < 14) await this.#press(this.#one(KEYS));
    else if (dice < 26) await this.#train();
    else await this.#use();
    await this.#page.waitForTimeout(this.#draw(60));
  }

  #draw(below: number): number {
    const [value = 0] = integers(new Int32Array(1), below, this.#seed, 77, this.#drawn++);
    return value;
  }

  #one<T>(list: readonly T[]): T {
    const one = list[this.#draw(list.length)];
    if (one === undefined) throw new Error("There is nothing to choose from.");
    return one;
  }

  #note(what: string): void {
    this.#done.push(what);
    if (this.#done.length > REMEMBERED) this.#done.shift();
  }

  async #resize(): Promise<void> {
    const size = { width: this.#one(SIZES), height: this.#one(HEIGHTS) };
    this.#note(`${size.width}×${size.height}`);
    await this.#page.setViewportSize(size);
  }

  async #open(hash: string): Promise<void> {
    this.#note(hash);
    await this.#page.evaluate((text) => {
      window.location.hash = text;
    }, hash);
  }

  async #press(key: string): Promise<void> {
    this.#note(`key ${key}`);
    await this.#page.keyboard.press(key);
  }

  async #train(): Promise<void> {
    const name = this.#one(["Train", "Pause", "Reset", "Step both", "Compare"]);
    const target = (await this.#targets()).find((one) => one.name === name);
    if (target !== undefined) await this.#click(target);
  }

  async #use(): Promise<void> {
    const targets = (await this.#targets()).filter(({ name }) => !SPARED.test(name));
    if (targets.length === 0) return;
    // Of each kind alike, or the many sliders would have it all.
    const kinds = [...new Set(targets.map(({ kind }) => kind))];
    const kind = this.#one(kinds);
    const target = this.#one(targets.filter((one) => one.kind === kind));
    if (!(await this.#click(target))) return;
    const { keyboard } = this.#page;
    if (kind === "combobox") {
      for (let i = this.#draw(20); i >= 0; i--) await keyboard.press("ArrowDown");
      await keyboard.press("Enter");
    } else if (kind === "slider") {
      for (let i = this.#draw(6); i >= 0; i--) await keyboard.press(this.#one(KEYS.slice(0, 6)));
    } else if (kind === "textbox") {
      const text = this.#one(TEXTS);
      this.#note(`types "${text}"`);
      await keyboard.press("ControlOrMeta+a");
      if (text === "") await keyboard.press("Delete");
      else await keyboard.type(text);
      await keyboard.press("Enter");
    }
  }

  /** Everything that can be used, by its place among what matches SELECTOR. */
  #targets(): Promise<Target[]> {
    return this.#page.evaluate((selector) => {
      const kindOf = (element: Element): Target["kind"] => {
        const role = element.getAttribute("role");
        if (role === "slider" || element.matches("input[type=range]")) return "slider";
        if (role === "switch" || element.matches("input[type=checkbox], input[type=radio]")) return "switch";
        if (element.matches("input[aria-haspopup=listbox]")) return "combobox";
        if (element.matches("input, textarea")) return "textbox";
        return element.tagName === "CANVAS" ? "canvas" : "button";
      };
      return [...document.querySelectorAll(selector)].flatMap((element, index) => {
        const { width, height } = element.getBoundingClientRect();
        if (width === 0 || height === 0 || element.matches(":disabled, [aria-disabled=true]")) return [];
        const label = element instanceof HTMLInputElement ? element.labels?.[0]?.textContent : element.textContent;
        const name = (element.getAttribute("aria-label") ?? label ?? "").trim().slice(0, 40);
        return [{ kind: kindOf(element), name, index }];
      });
    }, SELECTOR);
  }

  /** @returns whether it was still there */
  async #click({ kind, name, index }: Target): Promise<boolean> {
    this.#note(`${kind} ${name}`);
    const at = await this.#page.evaluate(
      ([selector, place]) => {
        const element = document.querySelectorAll(selector)[place];
        element?.scrollIntoView({ block: "nearest" });
        const box = element?.getBoundingClientRect();
        return box === undefined ? null : { left: box.left, top: box.top, width: box.width, height: box.height };
      },
      [SELECTOR, index] as const,
    );
    if (at === null) return false;
    const [x, y] = [at.left + (at.width * (1 + this.#draw(8))) / 10, at.top + (at.height * (1 + this.#draw(8))) / 10];
    await this.#page.mouse.click(x, y);
    return true;
  }
}

const SELECTOR = "button, input, textarea, summary, [role=slider], [role=switch], canvas";
