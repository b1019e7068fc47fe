/** How arms are told apart on every plot: by the line. Colours keep their roles, so they cannot tell arms apart. */
import type { ArmId } from "../../core/arms";

/** SVG's and canvas's dash patterns; "" is solid. */
export const ARM_DASHES: Readonly<Record<ArmId, string>> = { a: "", b: "6 3", c: "2 3", d: "9 3 2 3" };
