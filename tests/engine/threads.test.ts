import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startBackend } from "../../src/cli/node-backend";
import { noiseFor } from "../../src/cli/noise-source";
import { type ExperimentConfig, type GanConfig, type Players, withChanges } from "../../src/core/config";
import type { Arithmetic } from "../../src/core/device";
import { PRESETS } from "../../src/core/presets";
import { generate } from "../../src/engine/probes/generate";
import { stopThreads, threadPool, whenThreadsKnown } from "../../src/engine/threads";
import { Contest, type Contestant } from "../../src/engine/threads/contest";
import { makeSharedMemory, SharedHeap } from "../../src/engine/threads/memory";
import { createTrainer, type Trainer } from "../../src/engine/trainer";
import { EVERYTHING } from "../helpers/trainers";

const MOST = 4;
let arithmetic: Arithmetic = "plain";

/** Everything that a run leaves behind, as bytes. */
interface Outcome {
  readonly numbers: Uint8Array;
  readonly tensors: readonly (readonly [string, Uint8Array])[];
  readonly threads: number;
  readonly reason: string;
}

async function outcome(
  config: ExperimentConfig,
  how: { threads: number } | "eager",
  act: (trainer: Trainer) => void | Promise<void>,
): Promise<Outcome> {
  const options = { config, data: noiseFor(config) };
  const trainer = createTrainer(how === "eager" ? { ...options, execution: "eager" } : { ...options, ...how });
  try {
    await act(trainer);
    const { threads, reason } = trainer.execution;
    const { values } = await trainer.readNumbers();
    const { tensors } = await trainer.save();
    return {
      numbers: new Uint8Array(values.buffer),
      tensors: tensors.map(({ name, values }) => [name, new Uint8Array(values.slice().buffer)] as const),
      threads,
      reason,
    };
  } finally {
    trainer.dispose();
  }
}

function expectSame(found: Outcome, expected: Outcome): void {
  expect(Buffer.compare(found.numbers, expected.numbers)).toBe(0);
  for (const [i, [name, bytes]] of expected.tensors.entries()) {
    const [foundName, foundBytes = new Uint8Array()] = found.tensors[i] ?? [];
    expect([foundName, Buffer.compare(foundBytes, bytes)]).toEqual([name, 0]);
  }
}

const steps =
  (...players: readonly Players[]) =>
  (trainer: Trainer) => {
    for (const one of players) trainer.train(one);
  };

/** Wide layers of every kind, small enough for a test: each is shared by threads, with sizes that no number of threads divides. */
const WIDE: GanConfig = withChanges(EVERYTHING, {
  batchSize: 96,
  networks: {
    generator: {
      layers: [
        { type: "dense", units: 203, useBias: false },
        { type: "batchNorm", activation: "relu" },
        { type: "dropout", rate: 0.2 },
        { type: "dense", units: 150, activation: "tanh" },
        { type: "dense", units: 2 },
      ],
    },
    discriminator: {
      layers: [
        { type: "dense", units: 187, activation: "swish", spectralNorm: true },
        { type: "dropout", rate: 0.3 },
        { type: "layerNorm" },
        { type: "dense", units: 133, activation: "leakyRelu" },
        { type: "dense", units: 1 },
      ],
    },
  },
});

const images = PRESETS["mnist-dcgan"].config;
const plain = PRESETS["mnist-mlp"].config;
const CASES: readonly (readonly [string, ExperimentConfig])[] = [
  ["fully connected networks on images", { ...plain, batchSize: 16 }],
  ["convolutions and batch norm", { ...images, batchSize: 7 }],
  [
    "a gradient penalty",
    withChanges(plain, { batchSize: 12, model: { loss: "wasserstein", penalties: { wganGp: 10 } } }),
  ],
  ["every kind of randomness and state at once", WIDE],
];

beforeAll(async () => {
  const { report } = await startBackend("wasm");
  arithmetic = report.arithmetic ?? "plain";
  expect(await whenThreadsKnown(arithmetic, MOST)).toEqual({ is: "ready" });
});

afterAll(() => stopThreads());

describe("a step that threads share is the step of one thread, bit for bit", () => {
  for (const [name, config] of CASES) {
    it(`with ${name}`, async () => {
      const act = steps("all", "all", "discriminator", "all", "generator", "all");
      const alone = await outcome(config, { threads: 1 }, act);
      expect(alone.threads).toBe(1);
      expectSame(await outcome(config, "eager", act), alone);
      for (const threads of [2, 3, MOST]) {
        const shared = await outcome(config, { threads }, act);
        expect(shared.threads).toBe(threads);
        expect(shared.reason).toMatch(new RegExp(`, by ${threads} threads\\.$`));
        expectSame(shared, alone);
      }
    });
  }

  it("when it is looked at, saved, restored and changed on the way", async () => {
    const act = async (trainer: Trainer) => {
      steps("all", "all", "all")(trainer);
      await generate(trainer, new Float32Array(9 * WIDE.latent.size), 9, true);
      steps("all", "all")(trainer);
      const middle = await trainer.save();
      steps("all", "discriminator")(trainer);
      trainer.restore(middle);
      steps("all", "discriminator", "discriminator")(trainer);
      trainer.update(withChanges(WIDE, { model: { loss: "hinge", penalties: { r1: 1 } } }));
      steps("all", "all")(trainer);
      trainer.update(
        withChanges(WIDE, {
          players: { generator: { optimizer: { ...WIDE.players.generator.optimizer, learningRate: 0.01 } } },
        }),
      );
      steps("all", "all")(trainer);
    };
    const alone = await outcome(WIDE, { threads: 1 }, act);
    const shared = await outcome(WIDE, { threads: 2 }, act);
    expect(shared.threads).toBe(2);
    expectSame(shared, alone);
  });

  it("when trainers take turns on the same helpers", async () => {
    const act = steps("all", "all", "all", "all");
    const alone = await outcome(WIDE, { threads: 1 }, act);
    const config = { ...plain, batchSize: 16 };
    const beside = createTrainer({ config, data: noiseFor(config), threads: 3 });
    const between = (trainer: Trainer) => {
      for (let i = 0; i < 4; i++) {
        trainer.train("all");
        beside.train("all");
      }
    };
    expectSame(await outcome(WIDE, { threads: 2 }, between), alone);
    beside.dispose();
  });
});

describe("threads", () => {
  it("leave a small step to one, and say so", async () => {
    const { threads, reason } = await outcome(EVERYTHING, { threads: MOST }, steps("all", "all"));
    expect(threads).toBe(1);
    expect(reason).toMatch(/, by one thread: there is too little to share out\.$/);
  });

  it("give back what a trainer used, and use it again for the next", async () => {
    const pool = threadPool(arithmetic);
    const before = pool.used;
    let size = 0;
    for (let i = 0; i < 6; i++) {
      await outcome({ ...WIDE, batchSize: 64 + 8 * (i % 3) }, { threads: 2 }, steps("all", "all", "all"));
      expect(pool.used).toBe(before);
      if (i === 2) size = pool.runtime.memory.buffer.byteLength;
    }
    expect(pool.runtime.memory.buffer.byteLength).toBe(size);
  });

  it("that are lost leave a run to one thread, after a while and without a word of theirs", async () => {
    const act = steps("all", "all", "all", "all", "all");
    const alone = await outcome(WIDE, { threads: 1 }, act);
    const left = await outcome(WIDE, { threads: 2 }, async (trainer) => {
      steps("all", "all", "all")(trainer);
      threadPool(arithmetic).loseHelpers();
      await new Promise((resolve) => setTimeout(resolve, 100)); // they end in their own time
      steps("all", "all")(trainer);
    });
    expect(left.reason).toMatch(/by one thread: a helper thread did not answer\.$/);
    expectSame(left, alone);
    stopThreads();
    expect(await whenThreadsKnown(arithmetic, MOST)).toEqual({ is: "ready" });
  });

  it("that die in the middle of a step cost no step: it is done again by one", async () => {
    const act = steps("all", "all", "all", "all", "all", "all");
    const alone = await outcome(WIDE, { threads: 1 }, act);
    const left = await outcome(WIDE, { threads: 2 }, (trainer) => {
      steps("all", "all", "all")(trainer);
      expect(trainer.execution.threads).toBe(2);
      const add = Atomics.add as (words: Int32Array, index: number, value: number) => number;
      let barriers = 0;
      const counting = (words: Int32Array, index: number, value: number) => {
        barriers += 1;
        if (barriers === 12) {
          threadPool(arithmetic).loseHelpers();
          Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100); // they end in their own time
        }
        return add(words, index, value);
      };
      Atomics.add = counting as typeof Atomics.add;
      try {
        steps("all")(trainer);
      } finally {
        Atomics.add = add as typeof Atomics.add;
      }
      expect(barriers).toBeGreaterThanOrEqual(12);
      steps("all", "all")(trainer);
    });
    expect(left.reason).toMatch(/by one thread: a helper thread stopped in the middle of a step\.$/);
    expectSame(left, alone);
    stopThreads();
    expect(await whenThreadsKnown(arithmetic, MOST)).toEqual({ is: "ready" });
  });

  it("that stop leave a run to one thread, with the numbers as they would have been", async () => {
    const act = steps("all", "all", "all", "all", "all");
    const alone = await outcome(WIDE, { threads: 1 }, act);
    const left = await outcome(WIDE, { threads: 2 }, (trainer) => {
      steps("all", "all", "all")(trainer);
      expect(trainer.execution.threads).toBe(2);
      stopThreads();
      steps("all", "all")(trainer);
    });
    expect(left.reason).toMatch(/by one thread: threads were stopped\.$/);
    expectSame(left, alone);
    expect(await whenThreadsKnown(arithmetic, MOST)).toEqual({ is: "ready" });
  });
});

describe("whether threads pay", () => {
  /** Runs `steps` steps on a clock; @returns who did each */
  const contest = (contestant: Contest, steps: number, took: (who: Contestant) => number, start = 0) => {
    let now = start;
    const done: Contestant[] = [];
    for (let i = 0; i < steps; i++) {
      const who = contestant.next(now);
      contestant.note(now, now + took(who));
      now += took(who);
      done.push(who);
    }
    return { done, now };
  };

  it("is found out by rows of steps of each, and the faster goes on", () => {
    const timed = new Contest();
    const { done } = contest(timed, 40, (who) => (who === "one" ? 10 : 6));
    const rows = ["several", "one", "several", "one", "several", "one"].flatMap((who) => [who, who, who, who]);
    expect(done.slice(0, 24)).toEqual(rows); // the first two to get warm
    expect(new Set(done.slice(24))).toEqual(new Set(["several"]));
    expect(timed.verdict).toEqual({ winner: "several", one: 10, several: 6 });
  });

  it("is asked again when the machine may have changed", () => {
    const timed = new Contest();
    const first = contest(timed, 24, (who) => (who === "one" ? 10 : 6));
    const later = contest(timed, 16, (who) => (who === "one" ? 10 : 30), first.now + 20_000);
    expect(later.done).toContain("one");
    expect(timed.verdict?.winner).toBe("one");
  });

  it("changes no number", async () => {
    const act = (trainer: Trainer) => {
      for (let i = 0; i < 30; i++) trainer.train("all");
    };
    const options = { config: WIDE, data: noiseFor(WIDE) };
    const results = await Promise.all(
      [createTrainer(options), createTrainer({ ...options, threads: 1 })].map(async (trainer) => {
        act(trainer);
        const { tensors } = await trainer.save();
        trainer.dispose();
        return tensors.map(({ name, values }) => [name, Buffer.from(values.buffer).toString("base64")]);
      }),
    );
    expect(results[0]).toEqual(results[1]);
  });
});

describe("the shared memory", () => {
  it("hands out pieces that do not overlap, and joins what is given back", () => {
    const heap = new SharedHeap(makeSharedMemory());
    const sizes = [100, 70_000, 64, 3_000_000, 1];
    const pieces = sizes.map((bytes) => ({ from: heap.allocate(bytes), bytes }));
    const sorted = [...pieces].sort((a, b) => a.from - b.from);
    for (const [i, { from, bytes }] of sorted.entries()) {
      expect(from % 64).toBe(0);
      expect(from + bytes).toBeLessThanOrEqual(sorted[i + 1]?.from ?? Number.POSITIVE_INFINITY);
    }
    const first = pieces[0]?.from;
    for (const { from } of pieces) heap.free(from);
    expect(heap.used).toBe(0);
    expect(heap.allocate(3_000_000)).toBe(first);
    expect(() => heap.free(12_345)).toThrow(/bug/);
  });
});
