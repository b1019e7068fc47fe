/** The IDX reader on files small enough to write by hand. */
import { describe, expect, it } from "vitest";
import { parseIdx } from "../../../src/core/files/idx";

describe("an IDX file", () => {
  it("gives its shape and its bytes", () => {
    const file = Uint8Array.of(0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6);
    expect(parseIdx(file)).toEqual({ shape: [2, 3], data: Uint8Array.of(1, 2, 3, 4, 5, 6) });
  });

  it("is refused when it is cut or of another type", () => {
    expect(() => parseIdx(Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 3, 1, 2))).toThrow(/promises 3 bytes but holds 2/);
    expect(() => parseIdx(Uint8Array.of(0, 0, 13, 1, 0, 0, 0, 0))).toThrow(/not an IDX file/);
  });
});
