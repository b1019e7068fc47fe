/** Every finding is provoked by a real run, and a run that works is not accused. `npm run doctor` asks all presets. */
import { beforeAll, describe, expect, it } from "vitest";
import { startBackend } from "../../../src/cli/node-backend";
import { type WatchOptions, watchRun } from "../../../src/cli/watched-run";
import type { LayerSpec } from "../../../src/core/architecture/layers";
import { SUGGESTED_AUGMENT } from "../../../src/core/augment";
import {
  type AdversarialConfig,
  DEFAULT_CONFIG,
  isAdversarial,
  type OptimizerConfig,
  startOf,
  withChanges,
} from "../../../src/core/config";
import { dataShape } from "../../../src/core/datasets";
import { type Course, diagnose, FINDING_IDS, FINDINGS, type FindingId } from "../../../src/core/diagnosis/doctor";
import { checkTreatment } from "../../../src/core/diagnosis/doctor/check";
import { changeKind } from "../../../src/core/effects";
import { memoryGap } from "../../../src/core/memory";
import { PRESETS, type PresetId } from "../../../src/core/presets";
import { adam, CONSTANT, collapsingRecipe } from "../../../src/core/presets/recipes";
import { changedLeaves } from "../../../src/core/tree";
import { courseLog } from "../../helpers/doctor-course";

beforeAll(async () => {
  await startBackend("wasm");
});

/** Trains and asks the doctor every so many steps, until it answers what is waited for. */
async function ask(
  config: AdversarialConfig,
  steps: number,
  every: number,
  until: FindingId | null = null,
  more: Pick<WatchOptions, "change" | "pool"> = {},
): Promise<{ readonly found: ReadonlySet<FindingId>; readonly course: Course }> {
  const found = new Set<FindingId>();
  const courseAt = courseLog(config);
  let course: Course | undefined;
  await watchRun(config, { steps, every, ...more }, (seen) => {
    course = courseAt(seen);
    for (const { id } of diagnose(course)) found.add(id);
    return until === null || !found.has(until);
  });
  if (course === undefined) throw new Error("The run was never looked at.");
  return { found, course };
}

function withRates(config: AdversarialConfig, d: OptimizerConfig, g: OptimizerConfig): AdversarialConfig {
  return withChanges(config, {
    schedule: CONSTANT,
    players: { discriminator: { optimizer: d }, generator: { optimizer: g } },
  });
}

const sgd = (learningRate: number): OptimizerConfig => ({ type: "sgd", learningRate });

function withHidden(config: AdversarialConfig, change: (layer: LayerSpec) => readonly LayerSpec[]): AdversarialConfig {
  const { layers } = config.networks.discriminator;
  const changed = layers.flatMap((layer, i) => (i < layers.length - 1 ? change(layer) : [layer]));
  return withChanges(config, { networks: { discriminator: { layers: changed } } });
}

const BATCH_NORM: LayerSpec = { type: "batchNorm" };

/** Runs that provoke each finding: what is wrong with them, and within how many steps it shows. */
function gameOf(id: PresetId): AdversarialConfig {
  const { config } = PRESETS[id];
  if (!isAdversarial(config)) throw new Error(`${id} plays no game`);
  return config;
}

/** Networks without convolutions, so that some hundred steps are quick. */
function flatOn(dataset: "emoji"): AdversarialConfig {
  const shape = dataShape(dataset);
  const size = shape.reduce((a, b) => a * b, 1);
  const start = startOf("gan", dataset);
  if (!isAdversarial(start)) throw new Error("the model gan plays a game");
  return withChanges(start, {
    batchSize: 32,
    players: { discriminator: { optimizer: adam(1e-3) }, generator: { optimizer: adam(1e-3) } },
    networks: {
      generator: {
        initializer: "he",
        ema: 0,
        layers: [
          { type: "dense", units: 64, activation: "relu" },
          { type: "dense", units: size, activation: "tanh" },
          { type: "reshape", shape: [...shape] },
        ],
      },
      discriminator: {
        initializer: "he",
        layers: [
          { type: "flatten" },
          { type: "dense", units: 128, activation: "leakyRelu" },
          { type: "dense", units: 1 },
        ],
      },
    },
  });
}

interface Ill {
  readonly config: AdversarialConfig;
  readonly steps: number;
  /** Training images that there are, where not all. */
  readonly pool?: number;
}

const ILL: Readonly<Record<Exclude<FindingId, "equilibrium">, Ill>> = {
  divergence: { config: withRates(DEFAULT_CONFIG, sgd(1), sgd(1)), steps: 500 },
  // so small weights, and no optimiser that scales gradients up
  dead: {
    config: withRates(
      withChanges(DEFAULT_CONFIG, { networks: { discriminator: { initializer: "dcgan" } } }),
      sgd(1e-3),
      adam(1e-3),
    ),
    steps: 500,
  },
  vanishing: { config: gameOf("vanishing-gradient"), steps: 600 },
  // D's units saturate, D is a hundred times as quick, and G does not scale its gradient up
  overpowers: {
    config: withRates(
      withHidden(collapsingRecipe(4_000), () => [{ type: "dense", units: 64, activation: "tanh" }]),
      adam(1e-2),
      adam(1e-4, 0.5, 0.999, 1e-2),
    ),
    steps: 1_000,
  },
  collapse: { config: gameOf("mode-collapse"), steps: PRESETS["mode-collapse"].steps },
  // momentum and no decay: both players overshoot
  oscillation: { config: withRates(collapsingRecipe(4_000), adam(3e-3, 0.9), adam(3e-3, 0.9)), steps: 3_000 },
  weak: { config: withRates(DEFAULT_CONFIG, sgd(1e-5), sgd(1e-3)), steps: 2_000 },
  // D's batch norm sees reals and fakes apart
  batchNorm: {
    config: withHidden({ ...DEFAULT_CONFIG, batchSize: 64 }, (layer) => [layer, BATCH_NORM]),
    steps: 1_500,
  },
  // as many images as a person may have of a thing, each of them in every step
  memorising: { config: flatOn("emoji"), steps: 900, pool: 32 },
  ratesApart: { config: withRates(DEFAULT_CONFIG, adam(1e-3), adam(2e-5)), steps: 400 },
};

describe("the training doctor", () => {
  it.each(FINDING_IDS.filter((id): id is keyof typeof ILL => id !== "equilibrium"))(
    "finds %s in a run that has it, says by which numbers, and offers one change that can run",
    async (id) => {
      const { config, steps, ...pool } = ILL[id];
      const every = id === "collapse" || id === "oscillation" ? 200 : id === "memorising" ? 150 : 100;
      const { found, course } = await ask(config, steps, every, id, pool);
      expect([...found]).toContain(id);
      const seen = FINDINGS[id].look(course) ?? [];
      expect(seen.length).toBeGreaterThan(0);
      for (const { name, text } of seen) if (name !== "Stopped") expect(text).not.toMatch(/NaN|undefined|–/);
      const remedy = FINDINGS[id].remedy(config);
      expect(remedy?.words).toMatch(/^[A-Z].*\.$/);
      expect(changeKind(config, remedy?.config ?? config)).not.toBe("none");
    },
  );

  it("finds a D with batch norm that thinks otherwise of the fakes that one sees", async () => {
    const config = withHidden({ ...gameOf("mnist-mlp"), batchSize: 8 }, (layer) => [layer, BATCH_NORM]);
    const { found, course } = await ask(config, 500, 50, "batchNorm");
    expect([...found]).toContain("batchNorm");
    expect(FINDINGS.batchNorm.look(course)?.[0]).toMatchObject({ name: "D of the fakes" });
    // One look that differs, as where G learns fast and its running averages are behind, is none.
    const once = course.judged.map((one, i, all) => (i < all.length - 1 ? { ...one, probability: 0.5 } : one));
    expect(FINDINGS.batchNorm.look({ ...course, judged: once })).toBeNull();
  });

  it("finds the equilibrium of the first run, and nothing else in it", async () => {
    const { found } = await ask(gameOf("ring-non-saturating"), 6_000, 250, "equilibrium");
    expect([...found]).toEqual(["equilibrium"]);
  });

  it.each(["mode-collapse-cured", "gaussian-1d"] as const)("accuses no run that works: %s", async (id) => {
    const { found } = await ask(gameOf(id), PRESETS[id].steps, 250);
    expect([...found].filter((one) => FINDINGS[one].level !== "good")).toEqual([]);
  });

  it("says afterwards whether its change has helped, by the same number before and after", async () => {
    const { config } = ILL.vanishing;
    const before = await ask(config, 600, 100, "vanishing");
    const remedy = FINDINGS.vanishing.remedy(config);
    if (remedy === null) throw new Error("there is a remedy");
    const step = before.course.curves.steps.at(-1) ?? 0;
    const treatment = {
      finding: "vanishing" as const,
      words: remedy.words,
      step,
      anew: changeKind(config, remedy.config) === "restart",
      before: FINDINGS.vanishing.gauge(before.course),
      changes: changedLeaves(config, remedy.config),
    };
    expect(treatment.anew).toBe(false);
    expect(checkTreatment(treatment, { ...before.course, config: remedy.config }).state).toBe("waiting");
    const after = await ask(config, step + 800, 100, null, { change: { step, config: remedy.config } });
    const outcome = checkTreatment(treatment, { ...after.course, config: remedy.config });
    expect(outcome.state).toBe("helped");
    expect(outcome.words).toMatch(/G's gradient norm: .* before, .* now\./);
    // A change that helped nothing is not said to have, although the loss that is flat is gone.
    const untreated = await ask(config, step + 800, 100);
    expect(checkTreatment(treatment, { ...untreated.course, config: remedy.config }).state).toMatch(/not yet|worse/);
    expect(checkTreatment(treatment, untreated.course)).toMatchObject({ state: "undone" });
  });

  it("offers augmentation where D learns images by heart, and so trained D does not", async () => {
    const { config, pool } = ILL.memorising;
    const remedy = FINDINGS.memorising.remedy(config);
    expect(remedy?.words).toMatch(/augmentation.*mirrored|mirrored.*augmentation/);
    if (remedy === null || pool === undefined) throw new Error("there is a remedy");
    expect(remedy.config.model.augment).toEqual(SUGGESTED_AUGMENT);
    expect(changeKind(config, remedy.config)).not.toBe("restart");
    const { found, course } = await ask(remedy.config, 450, 150, null, { pool });
    expect([...found]).not.toContain("memorising");
    expect(course.memory === null ? Number.NaN : memoryGap(course.memory)).toBeLessThan(0.5);
  });

  it("offers augmentation to a D that overpowers G where images are few, without flips where these read one way", () => {
    const augmentOf = (config: AdversarialConfig) => FINDINGS.overpowers.remedy(config)?.config.model.augment;
    const few = flatOn("emoji"); // 3,486
    expect(augmentOf(few)).toEqual(SUGGESTED_AUGMENT);
    // Once it is on, and where there are many images or points, it is R1.
    const on = FINDINGS.overpowers.remedy(few)?.config ?? few;
    expect(FINDINGS.overpowers.remedy(on)?.words).toContain("R1");
    expect(FINDINGS.overpowers.remedy(gameOf("mnist-dcgan"))?.words).not.toContain("augmentation");
    expect(FINDINGS.overpowers.remedy(DEFAULT_CONFIG)?.words).toContain("R1");
    // D that learns digits by heart is not to be shown mirrored ones; what is augmented already gets noise.
    expect(FINDINGS.memorising.remedy(gameOf("mnist-dcgan"))?.config.model.augment).toMatchObject({
      flip: 0,
      cutout: 0.5,
    });
    expect(FINDINGS.memorising.remedy(on)?.words).toContain("instance noise");
  });

  it("takes one of two clusters, and half of eight, for a collapse, also where a look meets G between two", async () => {
    const config = gameOf("mode-collapse");
    const { course } = await ask(config, 300, 100);
    const { quality } = course;
    if (quality === null) throw new Error("it was measured");
    const steps = Float64Array.from({ length: 12 }, (_, i) => 100 * i);
    const curves = { columns: ["dLoss"], steps, values: new Float32Array(12) };
    const seen = (clusters: number, found: number, away: readonly number[]) => {
      const rows = [...steps.keys()].flatMap((i) => [found, away.includes(i) ? 0 : 0.9]);
      return FINDINGS.collapse.look({
        ...course,
        curves,
        quality: {
          latest: { modes20: found, highQuality: 0.9 },
          standards: { ...quality.standards, clusters },
          curves: { columns: ["modes20", "highQuality"], steps, values: Float32Array.from(rows) },
        },
      });
    };
    expect(seen(8, 4, [3, 7])).not.toBeNull();
    expect(seen(2, 1, [])).not.toBeNull();
    expect(seen(8, 5, [])).toBeNull();
    expect(seen(2, 2, [])).toBeNull();
    expect(seen(8, 2, [1, 2, 3, 4, 5, 6, 7, 8, 9])).toBeNull(); // on its way
  });

  it("says where to read about each finding", () => {
    for (const id of FINDING_IDS) expect(FINDINGS[id].link).toMatch(/^https:\/\//);
  });

  it("does not take a run for memorising that has thousands of images", async () => {
    const { found, course } = await ask(flatOn("emoji"), 300, 300);
    expect([...found]).not.toContain("memorising");
    expect(Math.abs(course.memory === null ? Number.NaN : memoryGap(course.memory))).toBeLessThan(0.3);
  });

  it("says nothing of a run that has barely begun", async () => {
    const { found } = await ask(gameOf("vanishing-gradient"), 50, 10);
    expect([...found]).toEqual([]);
  });
});
