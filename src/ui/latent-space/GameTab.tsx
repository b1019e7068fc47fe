/** Real or fake? A person guesses as D does, ten samples in a round; their score stands beside D's. */
import { useCallback, useEffect, useState } from "react";
import { playground, usePlayground } from "../../client/use-playground";
import { lossOf } from "../../core/config";
import { errorSentence } from "../../core/errors";
import { isTold, modelOf } from "../../core/models";
import { opinionOf } from "../../core/opinion";
import type { Look } from "./draw-samples";
import { dealRound, guessOf, ROUND, type Round } from "./game";
import { NotForPoints } from "./NotForPoints";
import { SampleGrid } from "./SampleGrid";
import { useSpaceArm, useSpaceConfig } from "./space-store";

export function GameTab({ look }: { readonly look: Look }) {
  if (look.dataset.kind === "points") {
    return (
      <NotForPoints>
        Whether a single point is real nobody can tell: the data may lie anywhere. The game is for pictures; choose
        digits or faces.
      </NotForPoints>
    );
  }
  return <Game look={look} />;
}

function Game({ look }: { readonly look: Look }) {
  const { round, problem, deal } = useRound(look);
  const [guesses, setGuesses] = useState<readonly boolean[]>([]);
  /** The sample was guessed, and is still shown with its answer. */
  const [told, setTold] = useState(false);
  const at = told ? guesses.length - 1 : guesses.length;
  const over = round !== null && guesses.length === ROUND && !told;
  const guess = useCallback(
    (real: boolean) => {
      if (round === null || told || guesses.length === ROUND) return;
      setGuesses([...guesses, real]);
      setTold(true);
    },
    [round, told, guesses],
  );
  const again = () => {
    setGuesses([]);
    setTold(false);
    deal();
  };
  const key = useCallback(
    (event: KeyboardEvent) => {
      const letter = event.key.toLowerCase();
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (letter === "r" || letter === "f") guess(letter === "r");
      else if (letter === "n" && told) setTold(false);
    },
    [guess, told],
  );
  useEffect(() => {
    window.addEventListener("keydown", key);
    return () => window.removeEventListener("keydown", key);
  }, [key]);
  if (problem !== null) return <p role="alert">{problem}</p>;
  if (round === null) return <p role="status">Shuffling reals and fakes …</p>;
  return (
    <section aria-label="Real or fake?" className="space-part space-game">
      <Score round={round} guesses={guesses} />
      {over ? (
        <Verdict round={round} guesses={guesses} onAgain={again} />
      ) : (
        <>
          <div className="space-game-picture" data-answer={told ? (round.real[at] ? "real" : "fake") : undefined}>
            <SampleGrid
              label={`Sample ${at + 1} of ${ROUND}: real or fake?`}
              look={look}
              samples={round.samples[at] ?? null}
              count={1}
              columns={1}
            />
          </div>
          <div className="space-row">
            <button type="button" disabled={told} onClick={() => guess(true)}>
              <span className="role-real">Real</span> (R)
            </button>
            <button type="button" disabled={told} onClick={() => guess(false)}>
              <span className="role-fake">Fake</span> (F)
            </button>
            <button type="button" className="sheet-form-main" disabled={!told} onClick={() => setTold(false)}>
              {guesses.length === ROUND ? "See the score (N)" : "Next (N)"}
            </button>
          </div>
          <p role="status" aria-label="Answer" className="space-game-answer">
            {told ? (
              <Answer round={round} at={at} guess={guesses[at] ?? false} />
            ) : (
              "Is this a picture from the data, or one of G's?"
            )}
          </p>
        </>
      )}
    </section>
  );
}

const nameOf = (real: boolean) => (real ? "real" : "fake");

function Answer({ round, at, guess }: { readonly round: Round; readonly at: number; readonly guess: boolean }) {
  const { loss, judged } = useJudge();
  const real = round.real[at] ?? false;
  const opinion = opinionOf(loss);
  const value = opinion.format(opinion.value(round.logits[at] ?? Number.NaN));
  return (
    <>
      {guess === real ? "Right" : "Wrong"}: it was <strong className={`role-${nameOf(real)}`}>{nameOf(real)}</strong>.
      {judged &&
        ` D ${opinion.probability ? "says" : "scores"} ${value}, so its guess is ${nameOf(guessOf(round, at))}.`}
    </>
  );
}

function Score({ round, guesses }: { readonly round: Round; readonly guesses: readonly boolean[] }) {
  const { judged } = useJudge();
  const own = guesses.filter((guess, i) => guess === round.real[i]).length;
  const d = guesses.filter((_, i) => guessOf(round, i) === round.real[i]).length;
  return (
    <dl className="space-score number">
      <div>
        <dt>You</dt>
        <dd>
          {own} of {guesses.length}
        </dd>
      </div>
      {judged && (
        <div>
          <dt className="role-discriminator">D</dt>
          <dd>
            {d} of {guesses.length}
          </dd>
        </div>
      )}
    </dl>
  );
}

interface VerdictProps {
  readonly round: Round;
  readonly guesses: readonly boolean[];
  readonly onAgain: () => void;
}

function Verdict({ round, guesses, onAgain }: VerdictProps) {
  const { judged } = useJudge();
  const own = guesses.filter((guess, i) => guess === round.real[i]).length;
  const d = guesses.filter((_, i) => guessOf(round, i) === round.real[i]).length;
  const beside = !judged
    ? "This model has no discriminator to play against."
    : own > d
      ? `You see what D misses (${d} of ${ROUND}): train on, and D will learn to see it.`
      : own < d
        ? `D sees more than you do (${d} of ${ROUND}): it compares single pixels.`
        : `As good as D (${d} of ${ROUND}).`;
  const chance = own <= ROUND / 2 + 1 ? "That is about what tossing a coin gives: G fools you." : "";
  return (
    <div className="space-part">
      <p role="status">
        {own} of {ROUND} right. {chance} {beside}
      </p>
      <div className="space-row">
        <button type="button" className="sheet-form-main" onClick={onAgain}>
          Play again
        </button>
      </div>
    </div>
  );
}

function useJudge() {
  const config = useSpaceConfig();
  return { loss: lossOf(config), judged: modelOf(config).judge !== null };
}

function useRound({ dataset }: Look) {
  const arm = useSpaceArm();
  const config = useSpaceConfig();
  const label = usePlayground((state) => state.label);
  const [deals, setDeals] = useState(0);
  const [round, setRound] = useState<Round | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const told = isTold(config);
  const probability = opinionOf(lossOf(config)).probability;
  const asked = told ? label : null;
  const split = dataset.kind === "images" && dataset.testCount > 0 ? "test" : "train";
  // biome-ignore lint/correctness/useExhaustiveDependencies: another deal is another round
  useEffect(() => {
    const wanted = new AbortController();
    setRound(null);
    setProblem(null);
    dealRound(arm, split, asked, probability, playground().latents.generate, wanted.signal).then(
      setRound,
      (error: unknown) => {
        if (!wanted.signal.aborted) setProblem(errorSentence(error));
      },
    );
    return () => wanted.abort();
  }, [arm, split, asked, probability, deals]);
  return { round, problem, deal: () => setDeals(deals + 1) };
}
