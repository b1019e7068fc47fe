/** The page's end of ../alone.ts: hands questions to the workers that train. Served by Vite, never part of the built page. */
import { startTrainingWorker } from "../../../client/start-worker";
import { createTrainingClient } from "../../../client/training-client";
import { singleArm } from "../../../core/arms";
import type { ExperimentConfig } from "../../../core/config";

/** What the page can be asked for: milliseconds of a step over so many seconds, after so many of warming up. */
export interface AlonePage {
  /** Of a worker that does nothing but train. */
  trainer(config: ExperimentConfig, warmUpSeconds: number, seconds: number): Promise<number>;
  /** Of the page's own worker, which looks at its networks for a page that draws nothing of it. */
  looked(config: ExperimentConfig, warmUpSeconds: number, seconds: number): Promise<number>;
}

const wait = (seconds: number) => new Promise((resolve) => setTimeout(resolve, 1000 * seconds));

const alone: AlonePage = {
  trainer(config, warmUpSeconds, seconds) {
    const worker = new Worker(new URL("./trainer.worker.ts", import.meta.url), { type: "module" });
    const answer = new Promise<number>((resolve, reject) => {
      worker.onmessage = ({ data }: MessageEvent<number | string>) =>
        typeof data === "number" ? resolve(data) : reject(new Error(data));
      worker.onerror = ({ message }) => reject(new Error(message || "the worker did not load"));
    });
    worker.postMessage({ config, warmUpSeconds, seconds });
    return answer.finally(() => worker.terminate());
  },

  async looked(config, warmUpSeconds, seconds) {
    let latest = { step: 0, at: 0 };
    let fault = "";
    const client = createTrainingClient({
      createWorker: startTrainingWorker,
      onEvent(event) {
        if (event.type === "state") latest = { step: event.step, at: performance.now() };
      },
      onStatus(status, why) {
        if (status === "dead") fault = why;
      },
      onSilence() {},
    });
    try {
      await client.request({ type: "configure", arms: singleArm(config).arms, device: "wasm" });
      await client.request({ type: "train" });
      await wait(warmUpSeconds);
      const before = latest;
      await wait(seconds);
      if (latest.step <= before.step) throw new Error(fault || "the worker took no step");
      return (latest.at - before.at) / (latest.step - before.step);
    } finally {
      client.dispose();
    }
  },
};

Object.assign(globalThis, { alone });
