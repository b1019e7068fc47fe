import { describe, expect, it } from "vitest";
import { neighbour, plain, readNumber } from "../../src/ui/controls/fields/numbers";

const whole = { min: 2, max: 1024, integer: true };
const rate = { min: 0, max: 1, integer: false };

describe("typed numbers", () => {
  it("takes decimals, powers of ten and a decimal comma", () => {
    expect(readNumber("2e-4", "Rate", rate, 0.1)).toEqual({ value: 2e-4, problem: null });
    expect(readNumber(" 0,5 ", "Rate", rate, 0.1)).toEqual({ value: 0.5, problem: null });
  });

  it("clamps into the bounds and says so", () => {
    expect(readNumber("99999999", "Batch size", whole, 64)).toEqual({
      value: 1024,
      problem: "The largest batch size is 1024, which is used instead.",
    });
    expect(readNumber("-7", "Batch size", whole, 64).value).toBe(2);
    expect(readNumber("7.6", "Batch size", whole, 64).value).toBe(8);
  });

  it("refuses what is no number and keeps the old one", () => {
    for (const nonsense of ["", "abc", "NaN", "Infinity", "1,2,3"]) {
      const { value, problem } = readNumber(nonsense, "Batch size", whole, 64);
      expect(value).toBeNull();
      expect(problem).toBe("Batch size must be a number from 2 to 1024; 64 is kept.");
    }
  });

  it("steps along 1, 2, 5, 10 where powers of ten matter", () => {
    expect(neighbour(1e-3, 1, "log", 1)).toBe(2e-3);
    expect(neighbour(1e-3, -1, "log", 1)).toBe(5e-4);
    expect(neighbour(3e-3, 1, "log", 1)).toBe(5e-3);
    expect(neighbour(0.1, 1, "linear", 0.1)).toBe(0.2);
    expect(plain(0.00001)).toBe("1e-5");
  });
});
