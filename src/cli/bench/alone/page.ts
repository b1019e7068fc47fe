/** The page's end of ../alone.ts: hands questions to the worker that trains. Served by Vite, never part of the built page. */
import type { ExperimentConfig } from "../../../core/config";

/** What the page can be asked for. */
export interface AlonePage {
  /** Trains for so many seconds, after so many of warming up. @returns milliseconds of a step */
  msPerStep(config: ExperimentConfig, warmUpSeconds: number, seconds: number): Promise<number>;
}

const alone: AlonePage = {
  msPerStep(config, warmUpSeconds, seconds) {
    const worker = new Worker(new URL("./trainer.worker.ts", import.meta.url), { type: "module" });
    const answer = new Promise<number>((resolve, reject) => {
      worker.onmessage = ({ data }: MessageEvent<number | string>) =>
        typeof data === "number" ? resolve(data) : reject(new Error(data));
      worker.onerror = ({ message }) => reject(new Error(message || "the worker did not load"));
    });
    worker.postMessage({ config, warmUpSeconds, seconds });
    return answer.finally(() => worker.terminate());
  },
};

Object.assign(globalThis, { alone });
