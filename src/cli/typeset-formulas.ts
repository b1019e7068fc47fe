/**
 * Typesets every formula of core's catalogues with KaTeX into src/ui/controls/formulas.json, so that the page carries
 * typeset formulas and KaTeX's fonts, but not KaTeX. Run `npx tsx src/cli/typeset-formulas.ts` after changing a formula;
 * a test says when that was forgotten.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { typesetFormulas } from "./formulas";

const file = join(import.meta.dirname, "../ui/controls/formulas.json");
const formulas = typesetFormulas();
writeFileSync(file, `${JSON.stringify(formulas, null, 2)}\n`);
console.log(`${Object.keys(formulas).length} formulas in ${file}`);
