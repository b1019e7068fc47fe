/** What a study of latent space is given, and what it gives. To add one: its input and answer in core/latent-space/studies.ts, a file here, its line in index.ts. */
import type { StudyAnswer, StudyId, StudyInput } from "../../../core/latent-space/studies";
import type { ClassifierFile } from "../../classifier/file";
import type { RealSource } from "../../data";
import type { Trainer } from "../../trainer";

export interface StudyContext {
  readonly trainer: Trainer;
  readonly data: RealSource;
  /** Whether the sampler's averaged weights are looked at, where there are any. */
  readonly averaged: boolean;
  /** The classifier of these data: null where there is none, "coming" while its file is on its way. */
  readonly classifier: () => ClassifierFile | "coming" | null;
}

/**
 * Answers one question on the networks as they stand; null while data that it takes are on their way, which it has asked for.
 * @throws Error in a sentence for people where the question makes no sense for this model or these data
 */
export type StudyProbe<Id extends StudyId> = (
  input: StudyInput[Id],
  context: StudyContext,
) => Promise<StudyAnswer[Id] | null>;
