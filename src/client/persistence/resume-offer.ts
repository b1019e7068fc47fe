/** The offer to go on with the run of an earlier visit, and what ends it. Words and order of events; no storage. */
import type { ArmConfig } from "../../core/arms";
import type { RunSnapshot } from "../../core/snapshot";
import type { Notice } from "../store";
import type { FoundRun, RunKeeper } from "./run-keeper";

const OFFER = "Your last run of this experiment is still here";
const REFUSAL = "Your last run cannot be taken up";

export interface ResumeOfferOptions {
  readonly keeper: RunKeeper;
  readonly say: (level: Notice["level"], title: string, text: string, action?: Notice["action"]) => void;
  readonly unsay: (title: string) => void;
  /** Puts the run in place of what runs. */
  readonly restore: (run: RunSnapshot) => void;
}

export interface ResumeOffer {
  /** Looks for a run of an experiment that was just opened, and offers it unless something else has begun meanwhile. */
  make(arms: readonly ArmConfig[]): Promise<void>;
  /** Another run begins: it must not be thrown away by taking up an older one. */
  withdraw(): void;
}

export function createResumeOffer({ keeper, say, unsay, restore }: ResumeOfferOptions): ResumeOffer {
  /** Counts what makes earlier offers void. */
  let turn = 0;

  async function takeUp(found: FoundRun, mine: number): Promise<void> {
    if (turn !== mine) return; // clicked while it was going away
    const free = await keeper.takeUp(found);
    if (turn !== mine) {
      if (free) keeper.begin(); // what has begun meanwhile is kept beside it
    } else if (free) {
      turn += 1;
      restore(found.run);
    } else say("info", REFUSAL, "It goes on in another tab of this browser.");
  }

  return {
    async make(arms) {
      turn += 1;
      unsay(OFFER);
      const mine = turn;
      try {
        const found = await keeper.find(arms);
        if (found === null || turn !== mine) return;
        const run = () => void takeUp(found, mine);
        say("info", OFFER, `It had come to step ${found.step}.`, { label: "Resume", run });
      } catch (error) {
        if (turn !== mine) return;
        const why = error instanceof Error ? error.message : "it could not be read";
        say(
          "warning",
          REFUSAL,
          `The browser gave it back damaged: ${why}. It was removed; a new run begins at step 0.`,
        );
      }
    },
    withdraw() {
      turn += 1;
      unsay(OFFER);
    },
  };
}
