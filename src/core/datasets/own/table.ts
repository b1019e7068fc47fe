/** Tables of numbers as points: text with commas, semicolons, tabs or spaces between, brought to the size that networks like. */
import { random, STREAMS } from "../../rng";
import { FEWEST_POINTS, MOST_POINTS, POINTS_REACH } from "./points";

export interface TablePoints {
  readonly dimension: 1 | 2;
  /** [n, dimension], moved to the middle and scaled to fit. */
  readonly points: Float64Array;
  /** What was done to the table, in sentences. */
  readonly notes: readonly string[];
}

/** Scaled so that the widest axis goes so far: room is left for the kernels. */
const WIDEST = 0.9 * POINTS_REACH;

/** @throws Error in a sentence when there are no points in the text */
export function parseTable(text: string): TablePoints {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== "" && !line.trim().startsWith("#"));
  const separator = separatorOf(lines[0] ?? "");
  const all = lines.map((line) => line.trim().split(separator).map(numberOf));
  const columns = numericColumns(all);
  if (columns.length === 0) {
    throw new Error(
      "There are no numbers in this text: one or two to a line are a point, with a comma, a tab or a space between.",
    );
  }
  const dimension = columns.length === 1 ? 1 : 2;
  const rows = all.map((row) => columns.map((column) => row[column] ?? Number.NaN));
  const good = rows.filter((row) => row.every(Number.isFinite));
  if (good.length < FEWEST_POINTS) {
    throw new Error(`There are ${good.length} points in this text; a distribution needs at least ${FEWEST_POINTS}.`);
  }
  const notes: string[] = [];
  if (good.length < rows.length) notes.push(leftOut(rows.length - good.length));
  const width = Math.max(...all.slice(0, 50).map((row) => row.length));
  if (width > dimension) {
    notes.push(`Of ${width} columns the first ${dimension === 1 ? "one" : "two"} with numbers are used.`);
  }
  const kept = thinned(good);
  if (kept.length < good.length) notes.push(`${kept.length} of ${good.length} points are used, chosen at random.`);
  const { points, scale, middle } = fitted(kept, dimension);
  const round = (x: number) => Number(x.toPrecision(3));
  notes.push(
    `Moved by ${middle.map((x) => round(-x)).join(", ")} and scaled by ${round(scale)}, so that networks can reach it.`,
  );
  return { dimension, points, notes };
}

const leftOut = (lines: number) =>
  lines === 1 ? "1 line holds no point and was left out." : `${lines} lines hold no point and were left out.`;

function separatorOf(line: string): RegExp {
  if (line.includes("\t")) return /\t/;
  if (line.includes(";")) return /;/;
  return line.includes(",") ? /,/ : /\s+/;
}

function numberOf(text: string): number {
  const bare = text.trim().replace(/^"|"$/g, "");
  return bare === "" ? Number.NaN : Number(bare);
}

/** Up to two columns in which most lines have a number. */
function numericColumns(rows: readonly (readonly number[])[]): number[] {
  const width = rows.reduce((most, row) => Math.max(most, row.length), 0);
  const numeric = Array.from({ length: width }, (_, i) => i).filter(
    (i) => rows.filter((row) => Number.isFinite(row[i] ?? Number.NaN)).length > rows.length / 2,
  );
  return numeric.slice(0, 2);
}

/** At most MOST_POINTS rows, each as likely as another; the same ones every time. */
function thinned(rows: readonly number[][]): readonly number[][] {
  if (rows.length <= MOST_POINTS) return rows;
  const r = random(1, STREAMS.shuffle, 0);
  let wanted = MOST_POINTS;
  return rows.filter((_, i) => {
    const take = r.uniform() * (rows.length - i) < wanted; // selection sampling, Knuth 3.4.2 S
    if (take) wanted -= 1;
    return take;
  });
}

function fitted(rows: readonly (readonly number[])[], dimension: 1 | 2) {
  const middle: number[] = [];
  let half = 0;
  for (let axis = 0; axis < dimension; axis++) {
    const values = rows.map((row) => row[axis] ?? 0);
    const [low, high] = [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))];
    middle.push((low + high) / 2);
    half = Math.max(half, (high - low) / 2);
  }
  const scale = half === 0 ? 1 : WIDEST / half;
  const points = Float64Array.from(rows.flatMap((row) => row.map((x, axis) => (x - (middle[axis] ?? 0)) * scale)));
  return { points, scale, middle };
}
