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
 * Answer: milliseconds from the next key to G's sample for the new latent on the screen. Training moves the sample as well, so every sample seen
 * within `windowMs` is kept, and the first counts that is nearer to the last one than to the one before the key.
 * Null when nothing changed.
 */
export function watchKey({ panel, windowMs }: { panel: string; windowMs: number }): void {
  const small = new OffscreenCanvas(28, 28).getContext("2d", { willReadFrequently: true });
  const sample = (): number[] => {
    const root = document.querySelector(panel);
    const canvas = root?.querySelector('canvas[aria-label^="Latent sample"]');
    if (canvas instanceof HTMLCanvasElement && small !== null && canvas.width > 0) {
      small.clearRect(0, 0, 28, 28);
      small.drawImage(canvas, 0, 0, 28, 28);
      return [...small.getImageData(0, 0, 28, 28).data];
    }
    const words = root?.querySelector('[data-testid="latent-coordinates"], .latent-words')?.textContent ?? "";
    const [point = ""] = words.split(/D (?:says|scores)/); // what follows is D's opinion, which training moves
    return (point.replaceAll("−", "-").match(/-?\d+(\.\d+)?/g) ?? []).map(Number);
  };
  const distance = (a: readonly number[], b: readonly number[]) =>
    a.reduce((sum, x, i) => sum + (x - (b[i] ?? 0)) ** 2, 0);
  (globalThis as Watching).benchAnswer = new Promise((resolve) => {
    const listen = (event: KeyboardEvent) => {
      const pressed = event.timeStamp;
      const before = sample();
      const seen: { time: number; value: number[] }[] = [];
      const frame = () => {
        const time = performance.now() - pressed;
        const value = sample();
        if (distance(value, seen.at(-1)?.value ?? before) > 0) seen.push({ time, value });
        if (time < windowMs) return requestAnimationFrame(frame);
        const last = seen.at(-1)?.value ?? before;
        const answer = seen.find((one) => distance(one.value, last) < distance(one.value, before));
        return resolve(answer?.time ?? null);
      };
      requestAnimationFrame(frame);
    };
    document.addEventListener("keydown", listen, { capture: true, once: true });
  });
}
