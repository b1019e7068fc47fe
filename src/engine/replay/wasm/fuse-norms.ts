/**
 * The norm of a gradient from the updates that read the gradient anyway: Adam's kernel sums its squares in the order in which partialSquares
 * would, and what is made of the sums comes after the last update.
 */
import { type Argument, type Call, isPlace, type ModuleCall, readsOf, type Value } from "./calls";

/** Where adamUpdate has the gradient, its count, and where sums of its squares go. */
const GRADIENT = 1;
const COUNT = 9;
const SQUARES = 13;

/** @param kept values that are read after the step */
export function withNormsInUpdates(calls: readonly Call[], kept: ReadonlySet<Value>): Call[] {
  const changed = new Map<Call, readonly Call[]>();
  for (const total of calls) {
    const norm = normOf(total, calls, kept);
    if (norm === null) continue;
    const { sums, root } = norm;
    const updates = sums.map((sum) => calls.find((call) => isUpdateWith(call, sum)));
    const last = calls.findLast((call) => updates.includes(call));
    if (last === undefined || updates.includes(undefined)) continue;
    for (const [i, update] of updates.entries()) {
      const squares = sums[i]?.args[1];
      if (update?.kind !== "module" || squares === undefined) continue;
      const args = update.args.map((argument, at) => (at === SQUARES ? squares : argument));
      changed.set(update, [{ ...update, args }, ...(update === last ? [total, root] : [])]);
    }
    for (const call of [...sums, total, root]) changed.set(call, []);
  }
  return calls.flatMap((call) => changed.get(call) ?? [call]);
}

/** The sums of squares that a call adds up, and the root that alone is taken of the total; null for any other call. */
function normOf(
  total: Call,
  calls: readonly Call[],
  kept: ReadonlySet<Value>,
): { readonly sums: readonly ModuleCall[]; readonly root: Call } | null {
  const [partials, square] = argumentsOf(total, "sumPartials").map(valueIn);
  if (partials === undefined || square === undefined || kept.has(square)) return null;
  const readersOf = (value: Value) => calls.filter((call) => readsOf(call).some((read) => read.value === value));
  const [root, ...others] = readersOf(square);
  const norm = valueIn(argumentsOf(root, "squareRoot")[1]);
  if (root === undefined || norm === undefined || others.length > 0 || readersOf(norm).length > 0) return null;
  const sums = calls.filter((call): call is ModuleCall => valueIn(argumentsOf(call, "partialSquares")[1]) === partials);
  return { sums, root };
}

function isUpdateWith(call: Call, { args: [source, , length] }: ModuleCall): boolean {
  const { [GRADIENT]: gradient, [COUNT]: count } = argumentsOf(call, "adamUpdate");
  if (gradient === undefined || source === undefined || !isPlace(gradient) || !isPlace(source)) return false;
  return gradient.value === source.value && gradient.offset === source.offset && count === length;
}

const argumentsOf = (call: Call | undefined, name: ModuleCall["name"]): readonly Argument[] =>
  call?.kind === "module" && call.name === name ? call.args : [];

const valueIn = (argument: Argument | undefined): Value | undefined =>
  argument !== undefined && isPlace(argument) ? argument.value : undefined;
