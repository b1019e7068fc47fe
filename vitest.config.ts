/** Unit tests: the real modules in Node, no browser. The build has vite.config.ts, browser tests have playwright.config.ts. */
import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Files of ten seconds and more, the longest first. One that is missing here only begins later. */
const SLOW = [
  "engine/plan.webgpu",
  "engine/replay.webgpu",
  "cli/claims",
  "core/diagnosis/doctor",
  "engine/presets",
  "cli/bench",
  "engine/threads",
  "engine/oracle.webgpu",
  "client/undo",
  "cli/train",
  "core/memory",
  "engine/webgpu-kernels",
  "engine/studies",
  "worker/session",
  "engine/layers.webgpu",
  "engine/memory",
];

function place({ moduleId }: TestSpecification): number {
  const found = SLOW.findIndex((name) => moduleId.endsWith(`/tests/${name}.test.ts`));
  return found === -1 ? SLOW.length : found;
}

/** In which order files begin: none that takes long is left alone at the end while other cores are idle. */
class SlowFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const others = await super.sort(files); // by what they took the last time, or by their size
    return others.sort((a, b) => place(a) - place(b));
  }
}

export default defineConfig({
  test: {
    include: ["tests/**/*.test.ts"],
    exclude: ["tests/browser/**"],
    environment: "node",
    // For what hangs, not for what is slow: on a busy machine a test takes ten times as long.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    // Vitest keeps one core for itself, which on two cores leaves half of the machine idle: the tests' own process hardly computes.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    sequence: { sequencer: SlowFirst },
  },
});
