/** What a tab remembers of the doctor over a reload: since when something holds, and the changes made on its word. Text in and out. */
import * as v from "valibot";
import { browserPage } from "../../../client/page";
import { ARM_IDS, type ArmId } from "../../../core/arms";
import { FINDING_IDS, type FindingId } from "../../../core/diagnosis/doctor";
import type { Outcome, Treatment } from "../../../core/diagnosis/doctor/check";

/** Since when something holds of an arm. */
export interface Since {
  readonly arm: ArmId;
  readonly id: FindingId;
  /** The step at which it was seen first. */
  readonly since: number;
}

/** A change that was made on the doctor's word. */
export interface Treated extends Treatment {
  readonly arm: ArmId;
  /** The step at which what it is for had been seen first. */
  readonly since: number;
  /** The change as charts name it: "packing 1 → 2". */
  readonly changed: string;
  readonly outcome: Outcome;
}

export interface DoctorMemory {
  readonly known: readonly Since[];
  readonly treated: readonly Treated[];
}

const KEY = "doctor";
const page = browserPage();

const step = v.pipe(v.number(), v.integer(), v.minValue(0));
const arm = v.picklist(ARM_IDS);
const finding = v.picklist(FINDING_IDS);

const Schema = v.object({
  version: v.literal(1),
  known: v.array(v.object({ arm, id: finding, since: step })),
  treated: v.array(
    v.object({
      arm,
      finding,
      words: v.string(),
      step,
      anew: v.boolean(),
      before: v.nullable(
        v.object({ name: v.string(), value: v.number(), text: v.string(), better: v.picklist(["higher", "lower"]) }),
      ),
      changes: v.array(v.object({ path: v.string(), before: v.optional(v.unknown(), null), after: v.unknown() })),
      since: step,
      changed: v.string(),
      outcome: v.object({
        state: v.picklist(["waiting", "helped", "not yet", "worse", "undone"]),
        words: v.string(),
      }),
    }),
  ),
});

/** What this tab remembers; nothing where it has nothing that can be read. */
export function recallDoctor(): DoctorMemory {
  const text = page.readTab(KEY);
  try {
    const parsed = v.safeParse(Schema, text === null ? null : JSON.parse(text));
    if (parsed.success) return parsed.output;
  } catch {
    // written by somebody else
  }
  return { known: [], treated: [] };
}

/** Remembers for this tab. */
export function rememberDoctor({ known, treated }: DoctorMemory): void {
  const written: v.InferInput<typeof Schema> = {
    version: 1,
    known: known.map(({ arm, id, since }) => ({ arm, id, since })),
    treated: treated.map((one) => ({ ...one, changes: [...one.changes] })),
  };
  page.writeTab(KEY, JSON.stringify(written));
}
