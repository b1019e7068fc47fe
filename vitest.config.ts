/** Unit tests: the real modules in Node, no browser. The build has vite.config.ts, browser tests have playwright.config.ts. */
import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";
import { SlowFirst } from "./tests/helpers/slow-first";

export default defineConfig({
  test: {
    include: ["tests/**/*.test.ts"],
    exclude: ["tests/browser/**"],
    environment: "node",
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Vitest keeps one core for itself, which on two cores leaves half of the machine idle: the tests' own process hardly computes.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    sequence: { sequencer: SlowFirst },
  },
});
