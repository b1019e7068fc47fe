/**
 * A rising list of whole numbers as a short text of letters, digits, "-" and "_": the differences in Rice's code (Rice and Plaunt
 * 1971), six bits a letter. Made for places of points in links; knows nothing of them.
 */

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/** Bits of a difference that are written as they are; the rest is written in ones. Given by the first letter. */
function riceBits(differences: readonly number[]): number {
  const mean = differences.reduce((a, b) => a + b, 0) / Math.max(1, differences.length);
  return Math.max(0, Math.min(24, Math.floor(Math.log2(Math.max(1, mean)))));
}

/** @param numbers whole, from 0, none below the one before */
export function packRising(numbers: readonly number[]): string {
  const differences = numbers.map((value, i) => value - (numbers[i - 1] ?? 0));
  const low = riceBits(differences);
  let text = LETTERS[low] ?? "";
  let letter = 0;
  let used = 0;
  const write = (bit: number) => {
    letter = (letter << 1) | bit;
    used += 1;
    if (used < 6) return;
    text += LETTERS[letter] ?? "";
    letter = 0;
    used = 0;
  };
  for (const difference of differences) {
    for (let ones = Math.floor(difference / 2 ** low); ones > 0; ones--) write(1);
    write(0);
    for (let bit = low - 1; bit >= 0; bit--) write((difference >> bit) & 1);
  }
  while (used > 0) write(1); // ones that no zero ends are no number
  return text;
}

/** What `packRising` packed; null for a text that is none. @param most numbers that may be in it */
export function unpackRising(text: string, most: number): number[] | null {
  const low = LETTERS.indexOf(text.charAt(0));
  if (text === "" || low < 0 || low > 24) return null;
  const numbers: number[] = [];
  let last = 0;
  let ones = 0;
  let rest = -1; // bits still to come of a difference whose ones have ended; -1 before that
  let value = 0;
  for (const letter of text.slice(1)) {
    const six = LETTERS.indexOf(letter);
    if (six < 0) return null;
    for (let bit = 5; bit >= 0; bit--) {
      const one = (six >> bit) & 1;
      if (rest < 0 && one === 1) {
        ones += 1;
        continue;
      }
      if (rest < 0) {
        rest = low;
        value = 0;
      } else {
        value = 2 * value + one;
        rest -= 1;
      }
      if (rest > 0) continue;
      last += ones * 2 ** low + value;
      if (!Number.isSafeInteger(last) || numbers.length === most) return null;
      numbers.push(last);
      ones = 0;
      rest = -1;
    }
  }
  return rest < 0 ? numbers : null;
}
