/** Latent numbers as people read, hear and type them. No components. */

/** Two decimals, as in the text box: "0.30", "-1.25"; never "-0.00". */
export function latentText(value: number): string {
  const text = value.toFixed(2);
  return Number(text) === 0 ? "0.00" : text;
}

/** The same to be read out: with a minus sign that is spoken as one. */
export const spokenLatent = (value: number) => latentText(value).replace("-", "−");

export interface TypedLatent {
  /** The value to use; null when nothing sensible was typed. */
  readonly value: number | null;
  /** What was changed or refused, as a sentence; null when the text was taken as it is. */
  readonly problem: string | null;
}

/** Reads what was typed for a dimension, "1.5", "-.5", "0,3" or "−2", up to ±range. */
export function readLatent(text: string, name: string, range: number, current: number): TypedLatent {
  const plain = text.trim().replace(",", ".").replace("−", "-");
  const typed = Number(plain);
  if (plain === "" || !Number.isFinite(typed)) {
    const kept = `${spokenLatent(current)} is kept`;
    return { value: null, problem: `${name} must be a number from −${range} to ${range}; ${kept}.` };
  }
  if (Math.abs(typed) <= range) return { value: typed, problem: null };
  const value = Math.sign(typed) * range;
  const end = typed > 0 ? "largest" : "smallest";
  return { value, problem: `The ${end} value of ${name} is ${spokenLatent(value)}, which is used instead.` };
}
