/** docs/RESULTS.md as text, from the runs that are kept: tables, pictures, published figures with their source. No runs, no files. */
import { lossOf } from "../core/config";
import { PRESET_IDS, PRESETS } from "../core/presets";
import { datasetOf, neighboursName, type Run, runName, WITH_NEIGHBOURS } from "./results-run";

interface Published {
  readonly method: string;
  readonly modes: string;
  readonly highQuality: string;
  readonly reverseKl: string;
}

/** Lin et al. 2018 (PacGAN), table 1, ten trials each: the published protocol that ours follows. */
const PUBLISHED: { readonly [dataset in "ring" | "grid"]: readonly Published[] } = {
  ring: [
    { method: "GAN", modes: "6.3", highQuality: "98.2", reverseKl: "0.45" },
    { method: "ALI", modes: "6.6", highQuality: "97.6", reverseKl: "0.36" },
    { method: "PacGAN4", modes: "7.8", highQuality: "95.9", reverseKl: "0.07" },
  ],
  grid: [
    { method: "GAN", modes: "17.3", highQuality: "94.8", reverseKl: "0.70" },
    { method: "ALI", modes: "24.1", highQuality: "95.7", reverseKl: "0.14" },
    { method: "PacGAN4", modes: "24.8", highQuality: "93.6", reverseKl: "0.04" },
  ],
};

const number = (value: number | undefined, digits: number) => (value === undefined ? "–" : value.toFixed(digits));
const percent = (value: number | undefined) => (value === undefined ? "–" : (100 * value).toFixed(1));
const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
const table = (head: readonly string[], rows: readonly (readonly string[])[]) =>
  [head, head.map(() => "---"), ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n");
const picture = (run: Run) => `results/${runName(run)}.png`;
const label = (run: Run) => (run.arm === "A" ? run.preset : `${run.preset}, arm B`);
const link = (run: Run) => `[${label(run)}](${picture(run)})`;

/** A reading with, in brackets, what two samples of real data read. */
const beside = (run: Run, id: string, digits: number, shown = number) =>
  `${shown(run.metrics[id], digits)} (${shown(run.floors[id], digits)})`;

function modeCount(run: Run): number {
  const dataset = datasetOf(run);
  return dataset.kind === "points" ? (dataset.modes?.centers.length ?? 0) : 0;
}

/** @param runs as readRuns gives them: in the presets' order, none of them older than its preset */
export function resultsPage(runs: readonly Run[]): string {
  const own = runs.filter(({ arm }) => arm === "A");
  const ofKind = (kind: "points" | "images") => own.filter((run) => datasetOf(run).kind === kind);
  const sections = [
    introduction(runs),
    missingModes(own, "grid"),
    missingModes(own, "ring"),
    collapse(own),
    vanishing(runs),
    mixtures(ofKind("points").filter((run) => modeCount(run) > 1)),
    otherPoints(ofKind("points").filter((run) => modeCount(run) <= 1)),
    images(ofKind("images")),
  ];
  return `${sections.filter((section) => section !== "").join("\n\n")}\n`;
}

function introduction(runs: readonly Run[]): string {
  const unique = (values: readonly string[]) => [...new Set(values)].join(", ");
  const missing = PRESET_IDS.filter((id) => !runs.some(({ preset }) => preset === id));
  const coverage =
    missing.length === 0
      ? "Every preset was"
      : `Not run to their end yet: ${missing.join(", ")}. The other presets were`;
  return `# Results

${coverage} run to the end by \`npm run results\`, which wrote this page from the runs in [results/](results/). Backend:
${unique(runs.map(({ backend }) => backend))}; machine: ${unique(runs.map(({ machine }) => machine))}. A rate (steps a second) is
the steps of a whole run by the clock, from the first step on, with whatever else the machine did at the time, which was much: it is
a lower bound. Compare rates by the benchmark (PERFORMANCE.md), not by this page. A figure in brackets is the same metric between two samples of real data:
what a perfect generator would read. Each preset's name links to the picture of its samples. What lessons promise is tried over
more seeds by \`npm run claims\`.`;
}

/** One question, one table: our runs of one dataset, seed by seed averaged, and the published figures under them. */
function missingModes(runs: readonly Run[], dataset: "ring" | "grid"): string {
  const ours = runs.filter(
    (run) =>
      run.config.dataset === dataset && !run.preset.startsWith("mode-collapse") && run.preset !== "vanishing-gradient",
  );
  const [first] = ours;
  if (first === undefined) return "";
  const total = modeCount(first);
  const ids = [...new Set(ours.map(({ preset }) => preset))];
  const range = (values: readonly number[]) => {
    const [low, high] = [Math.min(...values), Math.max(...values)];
    return low === high ? String(low) : `${number(mean(values), 1)} (${low} to ${high})`;
  };
  const rows = ids.map((id) => {
    const group = ours.filter(({ preset }) => preset === id);
    const values = (metric: string) => group.map(({ metrics }) => metrics[metric] ?? Number.NaN);
    return [
      `${PRESETS[id].name}: [${id}](${picture(group[0] ?? first)})`,
      group.map(({ seed }) => seed).join(", "),
      range(values("modes")),
      range(values("modes20")),
      percent(mean(values("highQuality"))),
      number(mean(values("reverseKl")), 3),
    ];
  });
  const { floors } = first;
  rows.push([
    "two samples of real data",
    "–",
    number(floors.modes, 0),
    number(floors.modes20, 0),
    percent(floors.highQuality),
    number(floors.reverseKl, 3),
  ]);
  for (const { method, modes, highQuality, reverseKl } of PUBLISHED[dataset]) {
    rows.push([`*published:* ${method}`, "10 trials", modes, "–", highQuality, reverseKl]);
  }
  const title = dataset === "grid" ? "Missing modes on the grid of 25" : "Missing modes on the ring of 8";
  const difference =
    dataset === "ring"
      ? "their ring has radius 1 and σ = 0.01 where ours has radius 2 and σ = 0.02, which is the same shape"
      : "their grid is ours, σ = 0.05";
  return `## ${title}

${table(["method", "seeds", `modes of ${total}`, "modes with ≥ 20 samples", "high quality %", "reverse KL"], rows)}

The mean over the seeds, with the range where they differ. 2,500 samples; high quality: within 3σ of the nearest mode; a mode
counts with one such sample; reverse KL = ln K − H(mode histogram), in nats. A perfect sampler has 98.9 % of high quality: more
means shrunken modes. Published: Lin et al. 2018 (PacGAN), table 1; ${difference}; networks and
optimisers are other than ours. Baselines differ much between papers: for a plain GAN the table of Srivastava et al. 2017 (VEEGAN)
has 1 mode on the ring and 3.3 on the grid.

${gallery(ids.flatMap((id) => ours.filter(({ preset }) => preset === id).slice(0, 1)))}`;
}

function collapse(runs: readonly Run[]): string {
  const group = runs.filter(({ preset }) => preset.startsWith("mode-collapse"));
  if (group.length === 0) return "";
  return `## Mode collapse and its cure

${table(
  ["preset", "seed", "modes", "modes ≥ 20", "high quality %", "spread", "sliced Wasserstein", "coverage"],
  group.map((run) => [
    link(run),
    String(run.seed),
    `${number(run.metrics.modes, 0)} of ${modeCount(run)}`,
    number(run.metrics.modes20, 0),
    percent(run.metrics.highQuality),
    number(run.metrics.pairwiseDistanceRatio, 2),
    beside(run, "slicedWasserstein", 2),
    beside(run, "coverage", 2),
  ]),
)}

Spread is the mean distance between two fakes over that between two reals. One value differs between the two presets: the packing.

${gallery(group.filter(({ seed }) => seed === group[0]?.seed))}`;
}

function vanishing(runs: readonly Run[]): string {
  const group = runs.filter(({ preset }) => preset === "vanishing-gradient");
  if (group.length === 0) return "";
  return `## The vanishing gradient

${table(
  [
    "G's loss",
    "seed",
    "G's gradient norm, first 100 steps",
    "last 100 steps",
    "factor",
    "modes",
    "modes ≥ 20",
    "high quality %",
  ],
  group.map(({ gradientNorm: { first, last } = { first: Number.NaN, last: Number.NaN }, ...run }) => [
    `[${lossOf(run.config)}](${picture(run)})`,
    String(run.seed),
    first.toExponential(1),
    last.toExponential(1),
    (last / first).toExponential(1),
    `${number(run.metrics.modes, 0)} of ${modeCount(run)}`,
    number(run.metrics.modes20, 0),
    percent(run.metrics.highQuality),
  ]),
)}

Medians of the norm. Both losses start from the same weights and see the same minibatches and noise.

${gallery(group.filter(({ seed }) => seed === group[0]?.seed))}`;
}

function mixtures(runs: readonly Run[]): string {
  if (runs.length === 0) return "";
  const asked = runs.some(({ metrics }) => metrics.classAccuracy !== undefined);
  return `## Every run on a mixture of Gaussians

${table(
  [
    "preset",
    "seed",
    "steps",
    "modes",
    "modes ≥ 20",
    "high quality %",
    "reverse KL",
    "histogram JS",
    ...(asked ? ["class accuracy %"] : []),
    "steps/s",
  ],
  runs.map((run) => [
    link(run),
    String(run.seed),
    String(run.steps),
    `${number(run.metrics.modes, 0)} of ${modeCount(run)}`,
    number(run.metrics.modes20, 0),
    `${percent(run.metrics.highQuality)} (${percent(run.floors.highQuality)})`,
    beside(run, "reverseKl", 3),
    beside(run, "histogramJs", 3),
    ...(asked ? [percent(run.metrics.classAccuracy)] : []),
    number(run.stepsPerSecond, 0),
  ]),
)}`;
}

function otherPoints(runs: readonly Run[]): string {
  if (runs.length === 0) return "";
  return `## Other point data

${table(
  ["preset", "seed", "steps", "histogram JS", "sliced Wasserstein", "MMD", "precision", "recall", "steps/s"],
  runs.map((run) => [
    link(run),
    String(run.seed),
    String(run.steps),
    beside(run, "histogramJs", 3),
    beside(run, "slicedWasserstein", 3),
    beside(run, "mmd", 4),
    beside(run, "precision", 2),
    beside(run, "recall", 2),
    number(run.stepsPerSecond, 0),
  ]),
)}

${gallery(runs)}`;
}

function images(runs: readonly Run[]): string {
  if (runs.length === 0) return "";
  return `## Images

${judgedImages(runs)}Metrics on raw pixels of 500 samples: they rank runs on the same data and say little beyond that.

${table(
  [
    "preset",
    "seed",
    "steps",
    "sliced Wasserstein",
    "precision",
    "recall",
    "density",
    "coverage",
    "spread",
    "sharpness",
    "spectrum",
    "steps/s",
  ],
  runs.map((run) => [
    link(run),
    String(run.seed),
    String(run.steps),
    beside(run, "slicedWasserstein", 3),
    beside(run, "precision", 2),
    beside(run, "recall", 2),
    beside(run, "density", 2),
    beside(run, "coverage", 2),
    beside(run, "pairwiseDistanceRatio", 2),
    beside(run, "sharpnessRatio", 2),
    beside(run, "spectrumDistance", 2),
    number(run.stepsPerSecond, 1),
  ]),
)}

Sharpness is the mean gradient magnitude of samples over that of the data: blur is less than one. Spectrum is how far apart the
radial power spectra of samples and data are, in decades. mnist-vae's decoder has the convolutions of mnist-dcgan's G, without batch norm.

${neighbours(runs)}${gallery(runs)}`;
}

/** Samples over their nearest training images, where such a picture was made. */
function neighbours(runs: readonly Run[]): string {
  const [run] = runs.filter(({ preset, arm }) => preset === WITH_NEIGHBOURS && arm === "A");
  if (run === undefined) return "";
  return `Learned by heart? The first row is what ${label(run)} makes, under each the three training images nearest to it by their pixels:
what was learned by heart would stand under itself.

<img src="results/${neighboursName(run)}" width="${PICTURE_WIDTH}" alt="Samples of ${label(run)} over their nearest training images">

`;
}

/** What the pictures of README are owed: Fréchet distance of so many times what test images read, at their preset's end. */
const FACES_FACTOR = 15;

/** Whether the faces are within their factor. */
function facesFactor(runs: readonly Run[]): string {
  const run = runs.find(({ preset, arm }) => preset === "faces-dcgan" && arm === "A");
  const { frechet } = run?.metrics ?? {};
  const floor = run?.floors.frechet;
  if (run === undefined || frechet === undefined || floor === undefined) return "";
  const times = frechet / floor;
  return `Owed by the faces after ${run.steps} steps: at most ${FACES_FACTOR} times the floor. ${label(run)} is at ${number(times, 1)} times${times <= FACES_FACTOR ? "" : ", which is more"}.

`;
}

/** What classifiers of the data see in the runs whose data has one. */
function judgedImages(runs: readonly Run[]): string {
  const judged = runs.flatMap((run) => (run.classifier ? [{ run, classifier: run.classifier }] : []));
  if (judged.length === 0) return "";
  const sets = new Map(judged.map(({ run, classifier }) => [run.config.dataset, classifier]));
  const eyes = [...sets].map(
    ([dataset, { accuracy, samples }]) =>
      `${dataset}: ${percent(accuracy)} % of its test images named right; ${samples} samples a side`,
  );
  const asked = judged.some(({ run }) => run.metrics.classAccuracy !== undefined);
  const along = judged.filter(({ run }) => (run.along?.length ?? 0) > 0);
  return `What a small classifier of the same data sees (\`npm run classifier\`; ${eyes.join("; ")}). The Fréchet distance has the formula
of FID but our own classifier's features, scaled so that the data's total variance is 100: it is not Inception FID and compares
with no published one. In brackets: test images against training images, as many of each. Classes count with a fifth of their
share; mismatch is the share of samples that would have to change their class.

${table(
  [
    "preset",
    "seed",
    "steps",
    "Fréchet",
    "times the floor",
    "classes",
    "confidence",
    "score",
    "mismatch",
    "precision",
    "recall",
    "density",
    "coverage",
    ...(asked ? ["class accuracy %"] : []),
  ],
  judged.map(({ run }) => [
    link(run),
    String(run.seed),
    String(run.steps),
    beside(run, "frechet", 1),
    number((run.metrics.frechet ?? Number.NaN) / (run.floors.frechet ?? Number.NaN), 0),
    beside(run, "classesFound", 0),
    beside(run, "confidence", 2),
    beside(run, "classifierScore", 2),
    beside(run, "classMismatch", 2),
    beside(run, "featurePrecision", 2),
    beside(run, "featureRecall", 2),
    beside(run, "featureDensity", 2),
    beside(run, "featureCoverage", 2),
    ...(asked ? [percent(run.metrics.classAccuracy)] : []),
  ]),
)}

${
  along.length === 0
    ? ""
    : `The Fréchet distance on the way: ${along
        .map(
          ({ run }) =>
            `${run.preset}, ${[...(run.along ?? []), run]
              .map(
                ({ metrics, ...at }) =>
                  `${number(metrics.frechet, 1)} after ${"step" in at ? at.step : at.steps} steps`,
              )
              .join(", ")}`,
        )
        .join("; ")}.

`
}${facesFactor(runs)}`;
}

const ACROSS = 3;
const PICTURE_WIDTH = 250; // pixels on the page

/** Pictures side by side in a table, each under its preset's name. */
function gallery(runs: readonly Run[]): string {
  const rows: string[] = [];
  for (let i = 0; i < runs.length; i += ACROSS) {
    const some = runs.slice(i, i + ACROSS);
    const cell = (run: Run) =>
      `<td align="center"><img src="${picture(run)}" width="${PICTURE_WIDTH}" alt="Samples of ${label(run)}, seed ${run.seed}"><br>${label(run)}</td>`;
    rows.push(`<tr>${some.map(cell).join("")}</tr>`);
  }
  return `<table>\n${rows.join("\n")}\n</table>`;
}
