/** Flatten: reshape, to one side. */
import { reshape } from "./reshape";
import type { Layer } from "./types";

export const flatten: Layer<"flatten"> = reshape;
