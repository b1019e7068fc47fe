/** Errors in words for people. */
import { describe, expect, it } from "vitest";
import { explainError } from "../../src/core/errors";

describe("explainError", () => {
  it("gives a sentence of ours as it is, without its full stop", () => {
    expect(explainError(new Error("A latent of 3 numbers does not fit."))).toBe("A latent of 3 numbers does not fit");
  });
  it("keeps JavaScript's and the browser's own words from people", () => {
    const thrown = (act: () => unknown) => {
      try {
        return act();
      } catch (error) {
        return error;
      }
    };
    const t: unknown = {};
    for (const error of [
      thrown(() => (t as number[]).map(String)),
      thrown(() => new Float32Array(-1)),
      thrown(() => JSON.parse("{")),
      new DOMException("", "QuotaExceededError"),
      new WebAssembly.RuntimeError("memory access out of bounds"),
    ]) {
      expect(explainError(error)).not.toMatch(/is not a function|Invalid typed|JSON|access out of bounds|^$|\(\)/);
    }
    expect(explainError(new DOMException("", "QuotaExceededError"))).toMatch(/storage is full/);
  });
  it("knows our RangeErrors from the language's", () => {
    expect(explainError(new RangeError("2 latents of 3 numbers are 6 numbers, not 5."))).toMatch(/^2 latents/);
  });
  it("is never empty", () => {
    for (const nothing of ["", null, undefined, new Error(""), {}])
      expect(explainError(nothing)).toBe("no reason was given");
  });
});
