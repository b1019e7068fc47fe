/**
 * What is watched inside the page, each as a function that Playwright sends there: frames, the first answer to a click, the answer to a
 * key on a slider. They run in the page and may use nothing of this file but their arguments. Not the driving of the browser (page.ts).
 *
 * An answer to a click or a key is waited for in two calls, `watch...` and `readAnswer`: the first must have returned before the click or
 * the key is sent, since input takes another way into the page and may overtake it.
 */

/** Where the page keeps what it waits for between the two calls. */
interface Watching {
  benchAnswer?: Promise<unknown>;
  /** Told of the id of a question for another latent than the last one. */
  benchAsks?: (id: number) => void;
  /** Told of the id of every answer. */
  benchHears?: (id: number) => void;
}

/** Lengths of the frames, in ms, during `seconds`. */
export function watchFrames(seconds: number): Promise<number[]> {
  return new Promise((resolve) => {
    const lengths: number[] = [];
    const end = performance.now() + 1000 * seconds;
    let last: number | undefined; // the first frame began before the watch
    const frame = () => {
      const now = performance.now();
      if (last !== undefined) lengths.push(now - last);
      last = now;
      if (now < end) requestAnimationFrame(frame);
      else resolve(lengths);
    };
    requestAnimationFrame(frame);
  });
}

/** What the last watch found; waits for it. */
export function readAnswer(): Promise<unknown> {
  return (globalThis as Watching).benchAnswer ?? Promise.resolve(null);
}

/**
 * Answer: { step, picture }, milliseconds from the next click to another text in `counter` and to another picture on `canvas`, a selector,
 * since it may not be there yet.
 */
export function watchClick(watched: { counter: Element; canvas: string }): void {
  const small = new OffscreenCanvas(64, 64).getContext("2d", { willReadFrequently: true });
  const look = () => {
    const canvas = document.querySelector(watched.canvas);
    if (!(canvas instanceof HTMLCanvasElement) || small === null || canvas.width === 0) return "";
    small.clearRect(0, 0, 64, 64);
    small.drawImage(canvas, 0, 0, 64, 64);
    return small.getImageData(0, 0, 64, 64).data.join();
  };
  (globalThis as Watching).benchAnswer = new Promise((resolve) => {
    const listen = (event: MouseEvent) => {
      const clicked = event.timeStamp;
      const before = { text: watched.counter.textContent, picture: look() };
      const found: { step?: number; picture?: number } = {};
      const frame = () => {
        const now = performance.now();
        if (watched.counter.textContent !== before.text) found.step ??= now - clicked;
        if (found.picture === undefined && look() !== before.picture) found.picture = now - clicked;
        if (found.step !== undefined && found.picture !== undefined)
          resolve({ step: found.step, picture: found.picture });
        else requestAnimationFrame(frame);
      };
      requestAnimationFrame(frame);
    };
    document.addEventListener("click", listen, { capture: true, once: true });
  });
}

/**
 * Listens to what the page and its worker say of the latent's sample: to run before the page's own scripts. Training moves the sample as well,
 * so that only the wire tells which picture is the answer to a slider.
 */
export function tapWorker(): void {
  const watching = globalThis as Watching;
  const Native = globalThis.Worker;
  let asked = ""; // the latent that was asked for last
  globalThis.Worker = class extends Native {
    constructor(address: string | URL, options?: WorkerOptions) {
      super(address, options);
      this.addEventListener("message", ({ data }) => {
        if (data?.type === "result") watching.benchHears?.(data.id);
      });
    }
    override postMessage(message: unknown, ...rest: unknown[]): void {
      const { id, command } = (message ?? {}) as { id?: number; command?: { type?: string; latents?: Float32Array } };
      if (command?.type === "generate" && command.latents !== undefined && id !== undefined) {
        const latent = command.latents.join();
        if (latent !== asked) watching.benchAsks?.(id);
        asked = latent;
      }
      super.postMessage(message, ...(rest as [Transferable[]]));
    }
  };
}

/**
 * Answer: { asked, answered, shown }, milliseconds from the next key to the question for the new latent on its way to the worker, to the answer on
 * the page, and to the end of the frame that shows it. Null when the sample looks the same.
 */
export function watchKey({ panel, windowMs }: { panel: string; windowMs: number }): void {
  const small = new OffscreenCanvas(28, 28).getContext("2d", { willReadFrequently: true });
  const sample = (): string => {
    const root = document.querySelector(panel);
    const canvas = root?.querySelector('canvas[aria-label^="Latent sample"]');
    if (canvas instanceof HTMLCanvasElement && small !== null && canvas.width > 0) {
      small.clearRect(0, 0, 28, 28);
      small.drawImage(canvas, 0, 0, 28, 28);
      return small.getImageData(0, 0, 28, 28).data.join();
    }
    return root?.querySelector(".latent-words")?.textContent ?? "";
  };
  const watching = globalThis as Watching;
  watching.benchAnswer = new Promise((resolve) => {
    const listen = (event: KeyboardEvent) => {
      const pressed = event.timeStamp;
      const since = () => performance.now() - pressed;
      const end = (answer: unknown) => {
        delete watching.benchAsks;
        delete watching.benchHears;
        resolve(answer);
      };
      setTimeout(end, windowMs, null);
      watching.benchAsks = (question) => {
        delete watching.benchAsks;
        const asked = since();
        watching.benchHears = (id) => {
          if (id !== question) return;
          delete watching.benchHears;
          const answered = since();
          const before = sample();
          const look = () => {
            if (sample() !== before) end({ asked, answered, shown: since() });
            else if (since() < windowMs) frame();
          };
          // After the frame's own callbacks, of which painting is one.
          const frame = () => requestAnimationFrame(() => setTimeout(look, 0));
          frame();
        };
      };
    };
    document.addEventListener("keydown", listen, { capture: true, once: true });
  });
}

/**
 * Milliseconds from each of some turns of the timeline to the first frame that shows another picture and the step of that moment: first by
 * far jumps, as a hand that looks for something. Every second turn goes back, so that no two pictures are alike.
 */
export async function scrubTimes({ scrubs, limitMs }: { scrubs: number; limitMs: number }): Promise<number[]> {
  const range = document.querySelector('input[aria-label="Moment of the run"]');
  const canvas = document.querySelector('canvas[aria-label="Stage"]');
  const small = new OffscreenCanvas(64, 64).getContext("2d", { willReadFrequently: true });
  const setValue = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")?.set;
  if (!(range instanceof HTMLInputElement) || !(canvas instanceof HTMLCanvasElement) || small === null || !setValue)
    throw new Error("there is no timeline, or no stage");
  const look = () => {
    small.clearRect(0, 0, 64, 64);
    small.drawImage(canvas, 0, 0, 64, 64);
    return small.getImageData(0, 0, 64, 64).data.join();
  };
  const times: number[] = [];
  for (let i = 0; i < scrubs; i++) {
    const share = (i * 0.618034) % 1; // spread evenly, whatever their number
    const before = { picture: look(), step: window.ganPlayground?.state().visited?.step };
    const began = performance.now();
    setValue.call(range, String(Math.floor(share * Number(range.max))));
    range.dispatchEvent(new Event("input", { bubbles: true }));
    const seen = await new Promise<boolean>((resolve) => {
      const frame = () => {
        const there = window.ganPlayground?.state().visited?.step !== before.step && look() !== before.picture;
        if (there || performance.now() - began > limitMs) resolve(there);
        else requestAnimationFrame(frame);
      };
      requestAnimationFrame(frame);
    });
    times.push(seen ? performance.now() - began : limitMs);
    await new Promise((resolve) => setTimeout(resolve, 250)); // what follows, charts and measures, is not waited for
  }
  return times;
}
