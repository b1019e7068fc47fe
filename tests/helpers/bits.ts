/** Frozen experiments with hashes of the tensors they end in, so that a change of the engine cannot change a bit unnoticed. */
import { createHash } from "node:crypto";
import { nodeSource } from "../../src/cli/node-data";
import { parseConfig } from "../../src/core/parse-config";
import { createTrainer } from "../../src/engine/trainer";

/** An experiment as it was when it was frozen, and what it gave on wasm with plain arithmetic. */
export interface FrozenRun {
  readonly name: string;
  readonly steps: number;
  /** In the form of then. */
  readonly config: unknown;
  /** Of all saved tensors' names and bytes. */
  readonly hash: string;
  /** "A step is replayed as ... calls": more of them would be slower. */
  readonly reason: string;
}

/** Trains a frozen experiment on the running backend. */
export async function runFrozen({ config: frozen, steps }: Pick<FrozenRun, "config" | "steps">) {
  const { config, problems } = parseConfig(frozen);
  if (problems.length > 0) throw new Error(problems.join(" "));
  const trainer = createTrainer({ config, data: nodeSource(config.dataset), threads: 1 });
  try {
    for (let i = 0; i < steps; i++) {
      await trainer.ready();
      trainer.train("all");
    }
    const { tensors } = await trainer.save();
    const hash = createHash("sha256");
    for (const { name, values } of [...tensors].sort((a, b) => (a.name < b.name ? -1 : 1))) {
      hash.update(name).update(new Uint8Array(values.slice().buffer));
    }
    return { hash: hash.digest("hex"), reason: trainer.execution.reason };
  } finally {
    trainer.dispose();
  }
}
