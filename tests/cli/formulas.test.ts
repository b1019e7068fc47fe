import { expect, it } from "vitest";
import { typesetFormulas } from "../../src/cli/formulas";
import typeset from "../../src/ui/controls/formulas.json";

it("the typeset formulas are those of the catalogues (else run `npx tsx src/cli/typeset-formulas.ts`)", () => {
  expect(typeset).toEqual(typesetFormulas());
});
