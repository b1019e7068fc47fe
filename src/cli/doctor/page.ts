/** docs/DOCTOR.md as text, from what the doctor made of recorded runs: which presets, which seeds, what was found. No runs, no files. */
import { isAdversarial } from "../../core/config";
import { FINDINGS } from "../../core/diagnosis/doctor";
import { PRESET_IDS, PRESETS, type PresetId } from "../../core/presets";
import { accusations, type Diagnosis, isRight, MEANT_TO_FAIL } from "./diagnosis";

/** Seeds that every preset is to be run with. */
const SEEDS = [1, 2, 3, 4, 5];

const table = (head: readonly string[], rows: readonly (readonly string[])[]) =>
  [head, head.map(() => "---"), ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n");
const thousands = (value: number) => value.toLocaleString("en");

/** Presets with a discriminator, which the doctor can be asked of. */
const ASKED = PRESET_IDS.filter((id) => isAdversarial(PRESETS[id].config));
const SILENT = PRESET_IDS.filter((id) => !isAdversarial(PRESETS[id].config));

/** @param rows as `merged` gives them @param rules of today */
export function doctorPage(rows: readonly Diagnosis[], rules: string): string {
  const of = (id: PresetId) => rows.filter(({ preset }) => preset === id);
  const healthy = ASKED.filter((id) => MEANT_TO_FAIL[id] === undefined);
  const ill = ASKED.filter((id) => MEANT_TO_FAIL[id] !== undefined);
  const sections = [
    introduction(rows, rules),
    `## Presets that are meant to work\n\n${table(
      ["preset", "steps", ...SEEDS.map((seed) => `seed ${seed}`)],
      healthy.map((id) => [id, thousands(PRESETS[id].steps), ...SEEDS.map((seed) => healthyCell(of(id), seed))]),
    )}`,
    `## Presets whose lesson is a failure\n\n${table(
      ["preset", "steps", "to be found", ...SEEDS.map((seed) => `seed ${seed}`)],
      ill.map((id) => [
        id,
        thousands(PRESETS[id].steps),
        (MEANT_TO_FAIL[id] ?? []).map((one) => FINDINGS[one].name).join(" or "),
        ...SEEDS.map((seed) => illCell(of(id), seed)),
      ]),
    )}`,
    missing(of),
  ];
  return `${sections.filter((section) => section !== "").join("\n\n")}\n`;
}

function introduction(rows: readonly Diagnosis[], rules: string): string {
  const works = rows.filter(({ preset }) => MEANT_TO_FAIL[preset] === undefined);
  const fails = rows.filter(({ preset }) => MEANT_TO_FAIL[preset] !== undefined);
  const alarms = works.filter((row) => !isRight(row)).length;
  const right = fails.filter(isRight).length;
  const old = rows.filter((row) => row.rules !== rules);
  return `# Is the doctor right?

The lab's doctor ([Why training fails](concepts/training-doctor.md)) must not accuse a run that works, and must find what a run was
made to fail by. \`npm run doctor\` runs the presets to their end, single-threaded, and asks it at 60 moments of each run; what it was shown is
kept in .cache/doctor, so that a rule that was changed is asked again without training again; \`--write\` puts what it said into
[doctor/runs.jsonl](doctor/runs.jsonl) and writes this page, so that runs can be added bit by bit.

**${alarms === 0 ? "No false alarm" : `${alarms} false alarm${alarms === 1 ? "" : "s"}`} in ${works.length} runs that are meant to work; ${right} of ${fails.length} runs that are meant to fail were found out.**
${
  old.length === 0
    ? `All were judged by the rules as they are now (${rules}).`
    : `Judged by earlier rules than today's (${rules}), and so to be asked again: ${[...new Set(old.map((row) => `${row.preset} (${row.rules} of ${row.date})`))].join(", ")}.`
}

A dash: not run yet. *Well*: nothing to accuse; the number is the step from which it saw the equilibrium, where it did. An accusation says
at how many of the looks it held, and between which steps.`;
}

function healthyCell(rows: readonly Diagnosis[], seed: number): string {
  const row = rows.find((one) => one.seed === seed);
  if (row === undefined) return "–";
  const accused = accusedText(row);
  if (accused !== "") return `**${accused}**`;
  const rest = row.found.find(({ id }) => id === "equilibrium");
  return `well${rest === undefined ? "" : `, ${thousands(rest.first)}`}${shortText(row)}`;
}

function illCell(rows: readonly Diagnosis[], seed: number): string {
  const row = rows.find((one) => one.seed === seed);
  if (row === undefined) return "–";
  const text = accusedText(row);
  return isRight(row) ? text : `**missed**${text === "" ? "" : `: ${text}`}`;
}

const accusedText = (row: Diagnosis) =>
  accusations(row)
    .map(
      ({ id, times, first, last }) =>
        `${FINDINGS[id].name}: ${times} of ${row.looks}, ${thousands(first)} to ${thousands(last)}`,
    )
    .join("; ");

/** Where a run did not come to its end. */
const shortText = ({ preset, steps, looks }: Diagnosis) =>
  PRESETS[preset].steps - steps > PRESETS[preset].steps / looks ? ` (to step ${thousands(steps)})` : "";

function missing(of: (id: PresetId) => readonly Diagnosis[]): string {
  const texts = ASKED.flatMap((id) => {
    const left = SEEDS.filter((seed) => !of(id).some((row) => row.seed === seed));
    if (left.length === 0) return [];
    return [left.length === SEEDS.length ? id : `${id} (seeds ${left.join(", ")})`];
  });
  const silent = `No discriminator, so that there is nothing to ask: ${SILENT.join(", ")}.`;
  const left = texts.length === 0 ? "Every preset was run with every seed." : `${texts.join(", ")}.`;
  return `## Not run yet\n\n${left}\n\n${silent}`;
}
