/** What a person does on the page, by role and accessible name; shared by the browser tests. */
import { createHash } from "node:crypto";
import { expect, type Locator, type Page } from "@playwright/test";
import { singleArm } from "../../src/core/arms";
import type { ExperimentConfig } from "../../src/core/config";
import { PRESETS, type PresetId } from "../../src/core/presets";
import { encodeExperiment } from "../../src/core/share";

/** The hash that opens an experiment. */
export function configLink(config: ExperimentConfig): string {
  return `#${encodeExperiment(singleArm(config)).replace(/^#/, "")}`;
}

/** The hash that opens a preset. */
export const presetLink = (id: PresetId): string => configLink(PRESETS[id].config);

/** What a route fulfils to put another program in a worker's place, for a page that is isolated. */
export const workerProgram = (body: string) => ({
  contentType: "text/javascript",
  headers: { "Cross-Origin-Embedder-Policy": "require-corp" },
  body,
});

/** Between looks at a run that trains: by Playwright's own, up to a second, each wait for steps would train a thousand too many. */
const LOOKS_MS = [25, 50, 100, 200];

export class PlaygroundPage {
  constructor(readonly page: Page) {}

  /** Opens the page, optionally at an experiment's link, and waits until training could begin. */
  async open(hash = "", search = ""): Promise<void> {
    await this.page.goto(`/${search}${hash}`);
    await expect(this.train).toBeEnabled();
    await expect(this.steps).toHaveText("0");
  }

  /** Opens the page, trains past so many steps, and waits until it rests. */
  async openTrained(steps: number, hash = ""): Promise<void> {
    await this.open(hash);
    await this.trainPast(steps);
  }

  /** Trains past so many steps, and waits until it rests. */
  async trainPast(steps: number): Promise<void> {
    await this.train.click();
    await this.expectStepsAbove(steps);
    await this.rest();
  }

  /** Pauses, and waits until the page shows the step at which the run rests: the button says so at once, the worker ends its steps first. */
  async rest(): Promise<void> {
    await this.pause.click();
    await expect(this.train).toBeVisible();
    const rests = () => {
      const { phase, arms = [] } = window.ganPlayground?.state() ?? {};
      return phase === "paused" && arms.every(({ step, stage }) => stage?.step === step);
    };
    await expect.poll(() => this.page.evaluate(rests), { message: "the run rests", timeout: 30_000 }).toBe(true);
  }

  get train(): Locator {
    return this.page.getByRole("button", { name: "Train", exact: true });
  }

  get pause(): Locator {
    return this.page.getByRole("button", { name: "Pause", exact: true });
  }

  get steps(): Locator {
    return this.page.getByRole("status", { name: "Steps", exact: true });
  }

  button(name: string): Locator {
    return this.page.getByRole("button", { name, exact: true });
  }

  combobox(name: string): Locator {
    return this.page.getByRole("combobox", { name, exact: true });
  }

  /** The number of training steps on the page. */
  async stepCount(): Promise<number> {
    return Number(await this.steps.textContent());
  }

  async expectStepsAbove(count: number): Promise<void> {
    await expect
      .poll(() => this.stepCount(), { timeout: 60_000, intervals: LOOKS_MS, message: "steps" })
      .toBeGreaterThan(count);
  }

  /** Chooses an option of a combobox by its visible name. */
  async choose(combobox: string, option: string | RegExp): Promise<void> {
    await this.combobox(combobox).click();
    await this.page.getByRole("option", { name: option }).first().click();
  }

  /** The words that say what G makes of the latent sliders: its coordinates for points. */
  get latentWords(): Locator {
    return this.page.getByRole("paragraph").filter({ hasText: "G(z) =" }).first();
  }

  /** What they say of a run at rest: they follow it a few times a second. */
  async restingWords(): Promise<string> {
    let last = "";
    const same = async () => {
      const former = last;
      await this.page.waitForTimeout(400);
      last = (await this.latentWords.textContent()) ?? "";
      return last === former;
    };
    await expect.poll(same, { message: "G's sample is of the step at which the run rests" }).toBe(true);
    return last;
  }

  /** A fingerprint of a canvas' pixels. */
  async pixels(canvas: Locator): Promise<string> {
    const picture = await canvas.evaluate((element) => {
      if (!(element instanceof HTMLCanvasElement)) throw new Error("not a canvas");
      return element.toDataURL();
    });
    return createHash("sha256").update(picture).digest("hex"); // a failure then prints a line, not a picture
  }

  /** The same, once nothing moves in it any more. */
  async stillPixels(canvas: Locator): Promise<string> {
    let before = await this.pixels(canvas);
    const stands = async () => {
      await this.page.waitForTimeout(700); // longer than what fades
      const now = await this.pixels(canvas);
      const same = now === before;
      before = now;
      return same;
    };
    await expect.poll(stands).toBe(true);
    return before;
  }
}
