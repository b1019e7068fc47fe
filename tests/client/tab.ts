/** A browser's tabs without the browser: playgrounds with real workers that share what a browser keeps. */
import { createPlayground, type Playground } from "../../src/client/playground";
import type { PlaygroundState } from "../../src/client/store";
import { LocalLocks, LocalPage, LocalRuns, LocalWorker } from "./local-worker";

/** Networks that step in a fraction of a millisecond. */
export const TINY =
  "#generator.layers=dense-8-leakyRelu~dense-2&discriminator.layers=dense-8-leakyRelu~dense-1&batchSize=16";

export class LocalBrowser {
  readonly runs = new LocalRuns();
  readonly locks = new LocalLocks();
  /** The tabs' clock; a test may stop it. */
  now = () => performance.now();
  readonly #tabs: Tab[] = [];

  /** Opens the page in a new tab, or in the place of one that was closed: a reload, of which the tab remembers its own. */
  open(hash = TINY, former?: Tab): Tab {
    const tab = new Tab(this, hash, former);
    this.#tabs.push(tab);
    return tab;
  }

  async close(): Promise<void> {
    for (const tab of this.#tabs) await tab.close();
  }
}

export class Tab {
  readonly page: LocalPage;
  readonly playground: Playground;
  readonly #workers: LocalWorker[] = [];
  #closed = false;

  constructor(browser: LocalBrowser, hash: string, former?: Tab) {
    const { runs, locks } = browser;
    this.page = new LocalPage(hash);
    for (const [key, value] of former?.page.tab ?? []) this.page.tab.set(key, value);
    this.playground = createPlayground({
      page: this.page,
      runs,
      locks,
      now: () => browser.now(),
      createWorker: () => {
        const worker = new LocalWorker();
        this.#workers.push(worker);
        return worker;
      },
    });
  }

  get actions(): Playground["actions"] {
    return this.playground.actions;
  }

  get state(): PlaygroundState {
    return this.playground.store.getState();
  }

  /** The worker that runs now. */
  get worker(): LocalWorker | undefined {
    return this.#workers.at(-1);
  }

  /** Resolves with the first state that fits, now or later. */
  until(fits: (state: PlaygroundState) => boolean): Promise<PlaygroundState> {
    return new Promise((resolve) => {
      const look = () => {
        if (!fits(this.state)) return;
        stop();
        resolve(this.state);
      };
      const stop = this.playground.store.subscribe(look);
      look();
    });
  }

  /** Until the page shows its first pictures. */
  opened(): Promise<PlaygroundState> {
    return this.until((s) => s.worker === "ready" && s.arms.every((arm) => arm.stage !== null));
  }

  /** Trains to some step beyond this one, and pauses. @returns the step it came to */
  async trainPast(step: number): Promise<number> {
    this.actions.train();
    await this.until((s) => s.step > step && s.phase === "training");
    this.actions.pause();
    const paused = await this.until((s) => s.phase === "paused" && !s.wantsTraining);
    await new Promise((resolve) => setTimeout(resolve, 50)); // the checkpoint of the pause arrives
    return paused.step;
  }

  /** What the page said under a title, or undefined. */
  notice(title: RegExp) {
    return this.state.notices.find((notice) => title.test(notice.title));
  }

  /** Does what a notice's button does. */
  act(title: RegExp): void {
    const notice = this.notice(title);
    if (notice === undefined) throw new Error(`nothing was said of ${title}: ${JSON.stringify(this.state.notices)}`);
    this.actions.dismiss(notice.id);
    notice.action?.run();
  }

  /** The person closes or reloads the tab. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.page.leave();
    this.playground.dispose();
    for (const worker of this.#workers) await worker.ended;
  }
}
