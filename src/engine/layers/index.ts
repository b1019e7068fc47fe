/**
 * The maths of the table of layers (core/architecture/layer-table.ts). To add one: its row there, a file of its name here;
 * the list of them is made from the rows (cli/build-tables.ts), and the compiler names a file that is missing.
 */
import type { LayerType } from "../../core/architecture/layers";
import { table } from "./table.generated";
import type { Layer } from "./types";

export type { Moments, Pass } from "./types";

export const LAYERS: { readonly [T in LayerType]: Layer<T> } = table;
