/** A worker that trains one experiment on points and does nothing else: what the page's worker is compared with. */
import type { ExperimentConfig } from "../../../core/config";
import { datasetOf } from "../../../core/datasets";
import { chooseBackend } from "../../../engine/backend";
import { pointSource } from "../../../engine/data";
import { createTrainer, type Trainer } from "../../../engine/trainer";
import { WASM_FILES } from "../../../engine/wasm-files";

interface Question {
  readonly config: ExperimentConfig;
  readonly warmUpSeconds: number;
  readonly seconds: number;
}

/** Steps between two readbacks of their numbers, as many as the page's worker takes at a stretch. */
const STEPS = 16;

async function train(trainer: Trainer, seconds: number): Promise<number> {
  const started = performance.now();
  let steps = 0;
  for (; performance.now() - started < 1000 * seconds; steps += STEPS) {
    for (let i = 0; i < STEPS; i++) trainer.train("all");
    await trainer.readNumbers();
  }
  return (performance.now() - started) / steps;
}

async function answer({ config, warmUpSeconds, seconds }: Question): Promise<number> {
  const dataset = datasetOf(config.dataset);
  if (dataset.kind !== "points") throw new Error("only points are trained alone");
  await chooseBackend("wasm", { wasmPaths: WASM_FILES, gpu: undefined });
  const trainer = createTrainer({ config, data: pointSource(dataset) });
  await train(trainer, warmUpSeconds);
  return train(trainer, seconds);
}

self.addEventListener("message", ({ data }: MessageEvent<Question>) => {
  answer(data).then(
    (ms) => self.postMessage(ms),
    (error: unknown) => self.postMessage(error instanceof Error ? error.message : String(error)),
  );
});
