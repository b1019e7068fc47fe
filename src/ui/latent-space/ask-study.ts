/** Asks about latent space until there is an answer: what takes data that are on their way is asked again when these may have come. */
import { useEffect, useState } from "react";
import { playground } from "../../client/use-playground";
import type { ArmId } from "../../core/arms";
import { errorSentence } from "../../core/errors";
import type { StudyAnswer, StudyId, StudyInput } from "../../core/latent-space/studies";

const AGAIN_MS = 400;
const LONGEST_MS = 60_000;

/** @throws Error with a sentence for people; an AbortError when nobody wants to know any more */
export async function askStudy<Id extends StudyId>(
  arm: ArmId,
  id: Id,
  input: StudyInput[Id],
  signal?: AbortSignal,
): Promise<StudyAnswer[Id]> {
  for (let waited = 0; waited < LONGEST_MS; waited += AGAIN_MS) {
    const { answer } = await playground().latents.study(arm, id, input);
    signal?.throwIfAborted();
    if (answer !== null) return answer;
    await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
    signal?.throwIfAborted();
  }
  throw new Error("The data that this takes have not come. Look whether the page is still connected, and try again.");
}

export interface Asked<Id extends StudyId> {
  /** The latest answer; it stays while the next one is waited for. */
  readonly answer: StudyAnswer[Id] | null;
  readonly problem: string | null;
  readonly waiting: boolean;
}

/** One answer for each input; none while that is null. */
export function useStudy<Id extends StudyId>(arm: ArmId, id: Id, input: StudyInput[Id] | null): Asked<Id> {
  const [asked, setAsked] = useState<Asked<Id>>({ answer: null, problem: null, waiting: input !== null });
  useEffect(() => {
    if (input === null) {
      setAsked({ answer: null, problem: null, waiting: false });
      return;
    }
    const wanted = new AbortController();
    setAsked(({ answer }) => ({ answer, problem: null, waiting: true }));
    askStudy(arm, id, input, wanted.signal).then(
      (answer) => setAsked({ answer, problem: null, waiting: false }),
      (error: unknown) => {
        if (!wanted.signal.aborted) setAsked({ answer: null, problem: errorSentence(error), waiting: false });
      },
    );
    return () => wanted.abort();
  }, [arm, id, input]);
  return asked;
}
