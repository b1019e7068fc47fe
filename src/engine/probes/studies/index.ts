/** Questions about an arm's latent space: one probe each. */
import type { Study, StudyAnswer, StudyId } from "../../../core/latent-space/studies";
import { directions } from "./directions";
import { means } from "./groups";
import { invert } from "./invert";
import { neighbours } from "./neighbours";
import { images, reals } from "./reals";
import { truncation } from "./truncation";
import type { StudyContext, StudyProbe } from "./types";

const STUDIES: { readonly [Id in StudyId]: StudyProbe<Id> } = {
  directions,
  means,
  reals,
  images,
  neighbours,
  invert,
  truncation,
};

/** The answer to a question; null while its data are on their way. @throws Error in a sentence where it makes no sense here */
export function answerStudy(study: Study, context: StudyContext): Promise<StudyAnswer[StudyId] | null> {
  return answerOne(study.id, study.input, context);
}

/** The input is that of the id: Study says so, and the compiler cannot follow it through a table. */
function answerOne<Id extends StudyId>(id: Id, input: Study["input"], context: StudyContext) {
  const probe = STUDIES[id] as (input: Study["input"], context: StudyContext) => Promise<StudyAnswer[Id] | null>;
  return probe(input, context);
}
