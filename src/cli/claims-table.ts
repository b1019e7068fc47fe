/**
 * What the presets' lessons promise, as checks on runs to their end: `npm run claims` tries them on many seeds, unit tests on
 * one. No runs are started here but by the `run` that a check is given, and nothing is printed.
 */

import type { ReadingId } from "../core/models";
import type { PresetId } from "../core/presets";
import { columnReader } from "../core/step-table";
import type { Arm } from "./results-run";
import type { RunResult } from "./run-experiment";

/** Runs a preset's arm with the seed that is tried, to the preset's end or to `steps`. The same run is made once. */
export type RunPreset = (preset: PresetId, arm?: Arm, steps?: number) => Promise<RunResult>;

export interface Claim {
  readonly preset: PresetId;
  readonly says: string;
  /** Takes minutes, by more steps than the preset's or by larger networks: left out where time is short. */
  readonly long?: true;
  /** Facts of the runs, for people, and whether they are as promised. */
  check(run: RunPreset): Promise<{ readonly kept: boolean; readonly facts: string }>;
}

/** Steps at the end of a run over which curves are averaged. */
const WINDOW = 500;

export const CLAIMS: readonly Claim[] = [
  {
    preset: "ring-non-saturating",
    says: "ends with all eight clusters and at least 75 % of high quality",
    check: async (run) => landed(await run("ring-non-saturating")),
  },
  {
    preset: "ring-non-saturating",
    says: "brings both losses to rest near their lines, 1.386 and 0.693, and D to say about one half",
    async check(run) {
      const result = await run("ring-non-saturating");
      const [dLoss, gLoss] = [lastMean(result, "dLoss"), lastMean(result, "gLoss")];
      const [dReal, dFake] = [lastMean(result, "dReal"), lastMean(result, "dFake")];
      const near = (value: number, line: number, distance: number) => Math.abs(value - line) < distance;
      return {
        kept:
          near(dLoss, 2 * Math.LN2, 0.08) &&
          near(gLoss, Math.LN2, 0.12) &&
          near(dReal, 0.5, 0.06) &&
          near(dFake, 0.5, 0.06),
        facts: `D's loss ${dLoss.toFixed(3)}, G's ${gLoss.toFixed(3)}, D(x) ${dReal.toFixed(2)}, D(G(z)) ${dFake.toFixed(2)}`,
      };
    },
  },
  {
    preset: "ring-non-saturating",
    says: "goes on being good, to 60,000 steps",
    long: true,
    check: async (run) => landed(await run("ring-non-saturating", "A", 60_000)),
  },
  {
    preset: "uniform-1d",
    says: "ends flat from edge to edge: its histogram differs from the data's by less than .06 bits",
    async check(run) {
      const { histogramJs = 1 } = (await run("uniform-1d")).metrics;
      return { kept: histogramJs < 0.06, facts: `${histogramJs.toFixed(3)} bits` };
    },
  },
  {
    preset: "mixture-1d",
    says: "ends with three bells, each as full as the others",
    async check(run) {
      const result = await run("mixture-1d");
      const { reverseKl = 1 } = result.metrics;
      return { kept: metric(result, "modes20") === 3 && reverseKl < 0.02, facts: `reverse KL ${reverseKl.toFixed(3)}` };
    },
  },
  {
    preset: "vanishing-gradient",
    says: "ends with at most two clusters by the saturating loss, and at least six by the other",
    async check(run) {
      const [a, b] = [await run("vanishing-gradient", "A"), await run("vanishing-gradient", "B")];
      return {
        kept: metric(a, "modes") <= 2 && metric(b, "modes20") >= 6,
        facts: `A ${metric(a, "modes")} clusters, B ${metric(b, "modes20")} with ≥ 20 samples`,
      };
    },
  },
  {
    preset: "vanishing-gradient",
    says: "leaves the saturating arm with less than a hundredth of the other's gradient",
    async check(run) {
      const [a, b] = [await run("vanishing-gradient", "A"), await run("vanishing-gradient", "B")];
      const [own, other] = [lastMedian(a, "gGradNorm"), lastMedian(b, "gGradNorm")];
      return { kept: own < 0.01 * other, facts: `A ${own.toExponential(1)}, B ${other.toExponential(1)}` };
    },
  },
  {
    preset: "mode-collapse",
    says: "ends on no more than three of the eight clusters",
    async check(run) {
      const result = await run("mode-collapse");
      return { kept: metric(result, "modes20") <= 3, facts: found(result) };
    },
  },
  {
    preset: "ring-cgan",
    says: "ends with all eight clusters and at least 90 % of high quality: none is bridged",
    async check(run) {
      const result = await run("ring-cgan");
      return { kept: metric(result, "modes20") === 8 && metric(result, "highQuality") >= 0.9, facts: found(result) };
    },
  },
  {
    preset: "ring-vae",
    says: "ends with all eight clusters and points between them, and its loss falls to the end",
    async check(run) {
      const result = await run("ring-vae");
      const losses = meansOfEighths(result, "loss"); // single steps scatter by more than it falls in the end
      const falls = losses.every((loss, i) => i === 0 || loss < (losses[i - 1] ?? 0));
      return {
        kept: metric(result, "modes20") === 8 && metric(result, "highQuality") < 0.6 && falls,
        facts: `${found(result)}; loss ${losses.map((loss) => loss.toFixed(2)).join(", ")}`,
      };
    },
  },
  {
    preset: "mnist-vae",
    says: "makes digits within a hundred steps: the classifier is surer of them than not, and finds at least five",
    long: true,
    async check(run) {
      const { confidence = 0, classesFound = 0 } = (await run("mnist-vae", "A", 100)).metrics;
      return {
        kept: confidence > 0.5 && classesFound >= 5,
        facts: `confidence ${confidence.toFixed(2)}, ${classesFound} digits`,
      };
    },
  },
  {
    preset: "mnist-vae",
    says: "stays soft to the end: all ten digits, at less than 85 % of the data's sharpness, and a spectrum far from it",
    long: true,
    async check(run) {
      const { classesFound = 0, sharpnessRatio = 1, spectrumDistance = 0 } = (await run("mnist-vae")).metrics;
      return {
        kept: classesFound === 10 && sharpnessRatio < 0.85 && spectrumDistance > 0.2,
        facts: `${classesFound} digits, sharpness ${sharpnessRatio.toFixed(2)}, spectrum ${spectrumDistance.toFixed(2)}`,
      };
    },
  },
  {
    preset: "mnist-cgan",
    says: "gives the digit that was asked for nine times of ten, and leaves the rest to z: digits differ as the data do",
    long: true,
    async check(run) {
      const { classAccuracy = 0, pairwiseDistanceRatio = 0 } = (await run("mnist-cgan")).metrics;
      return {
        kept: classAccuracy >= 0.9 && pairwiseDistanceRatio >= 0.9,
        facts: `${(100 * classAccuracy).toFixed(1)} % as asked, spread ${pairwiseDistanceRatio.toFixed(2)}`,
      };
    },
  },
  {
    preset: "mnist-acgan",
    says: "has D name the fakes before the reals: they are easily told apart long before they are digits",
    long: true,
    async check(run) {
      const { history } = await run("mnist-acgan", "A", 300);
      const [reals, fakes] = [
        firstStep(history, "dClassAccuracyReal", 0.9),
        firstStep(history, "dClassAccuracyFake", 0.9),
      ];
      return { kept: fakes < reals && Number.isFinite(reals), facts: `reals at step ${reals}, fakes at ${fakes}` };
    },
  },
  {
    preset: "mnist-acgan",
    says: "ends with few samples that could be two digits: the classifier is sure of them, and names what was asked for",
    long: true,
    async check(run) {
      const { classAccuracy = 0, confidence = 0 } = (await run("mnist-acgan")).metrics;
      return {
        kept: classAccuracy >= 0.95 && confidence >= 0.95,
        facts: `confidence ${confidence.toFixed(2)}, ${(100 * classAccuracy).toFixed(1)} % as asked`,
      };
    },
  },
  {
    preset: "mode-collapse-cured",
    says: "ends with at least seven clusters, with the seed that collapses without the cure",
    async check(run) {
      const [cured, collapsed] = [await run("mode-collapse-cured"), await run("mode-collapse")];
      return {
        kept: metric(cured, "modes20") >= 7 && metric(collapsed, "modes20") <= 3,
        facts: `${found(cured)}; without: ${found(collapsed)}`,
      };
    },
  },
];

function landed(result: RunResult) {
  return { kept: metric(result, "modes20") === 8 && metric(result, "highQuality") >= 0.75, facts: found(result) };
}

const metric = (result: RunResult, id: "modes" | "modes20" | "highQuality") => result.metrics[id] ?? 0;

const found = (result: RunResult) =>
  `${metric(result, "modes20")} clusters with ≥ 20 samples, ${(100 * metric(result, "highQuality")).toFixed(1)} % of high quality`;

function lastValues({ history }: RunResult, reading: ReadingId): number[] {
  const read = columnReader(history, reading);
  const rows = history.steps.length;
  return Array.from({ length: Math.min(WINDOW, rows) }, (_, i) => read(rows - 1 - i));
}

/** The first step at which a reading's mean over the last 20 steps is at least `value`; infinite where it never is. */
function firstStep(history: RunResult["history"], reading: ReadingId, value: number): number {
  const read = columnReader(history, reading);
  let sum = 0;
  for (let row = 0; row < history.steps.length; row++) {
    sum += read(row) - (row < 20 ? 0 : read(row - 20));
    if (row >= 19 && sum / 20 >= value) return history.steps[row] ?? Number.POSITIVE_INFINITY;
  }
  return Number.POSITIVE_INFINITY;
}

/** The means of a reading over the run's eighths. */
function meansOfEighths({ history }: RunResult, reading: ReadingId): number[] {
  const read = columnReader(history, reading);
  const at = Array.from({ length: 9 }, (_, i) => Math.floor((i * history.steps.length) / 8));
  return at.slice(1).map((to, i) => {
    const from = at[i] ?? 0;
    let sum = 0;
    for (let row = from; row < to; row++) sum += read(row);
    return sum / (to - from);
  });
}

const lastMean = (result: RunResult, reading: ReadingId) => {
  const values = lastValues(result, reading);
  return values.reduce((a, b) => a + b, 0) / values.length;
};

const lastMedian = (result: RunResult, reading: ReadingId) => {
  const values = lastValues(result, reading).sort((a, b) => a - b);
  return values[Math.floor(values.length / 2)] ?? Number.NaN;
};
