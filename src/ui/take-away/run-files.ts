/** A run's numbers as files: every arm's curves and measures, with what was run. Text only. */
import type { ArmView } from "../../client/store";
import { csvHead, stepTableCsv, stepTableValues } from "../../core/curves-file";
import { type StepTable, withColumns } from "../../core/step-table";

/** What a table of numbers is of. */
export type Numbers = "curves" | "measures";

const tableOf = (arm: ArmView, which: Numbers): StepTable | null =>
  which === "curves" ? arm.curves : (arm.quality?.curves ?? null);

/** All arms below each other, each line with its arm's name where there are several; columns that an arm lacks are empty. */
export function runCsv(arms: readonly ArmView[], which: Numbers): string {
  const tables = arms.flatMap((arm) => {
    const table = tableOf(arm, which);
    return table === null ? [] : [{ arm: arm.id, table }];
  });
  const columns = [...new Set(tables.flatMap(({ table }) => table.columns))];
  const several = arms.length > 1;
  const rows = tables.map(({ arm, table }) =>
    stepTableCsv({ ...table, columns, values: withColumns(table, columns) }, several ? arm : undefined),
  );
  return csvHead(columns, several) + rows.join("");
}

/** How many rows there are of an arm's numbers. */
export const rowsOf = (arm: ArmView, which: Numbers): number => tableOf(arm, which)?.steps.length ?? 0;

/** Everything of the run but its networks: what was run, as `npm run train -- --config` reads it, and what it read. */
export function runJson(arms: readonly ArmView[], link: string): string {
  const all = arms.map(({ id, config, step, curves, quality }) => ({
    arm: id,
    step,
    config,
    curves: curves === null ? null : { ...stepTableValues(curves), changes: curves.changes },
    measures: quality === null ? null : { ...stepTableValues(quality.curves), floors: quality.standards.floor },
  }));
  return `${JSON.stringify({ link, arms: all }, null, 1)}\n`;
}
