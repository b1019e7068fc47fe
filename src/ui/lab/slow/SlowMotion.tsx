/** Slow motion, in the timeline's place: the stages of one training step, forward and back, or played at a pace. */
import {
  IconChevronLeft,
  IconChevronRight,
  IconPlayerPauseFilled,
  IconPlayerPlayFilled,
  IconX,
} from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { usePlayground } from "../../../client/use-playground";
import { armLetter } from "../../../core/arms";
import { playerOf } from "../../../core/config";
import { modelOf } from "../../../core/models";
import { stageWords } from "../../../core/slow-motion/words";
import { Formula } from "../../controls/Formula";
import { useArmIds } from "../../stage/live";
import { chooseArm, closeSlow, forward, goTo, play, slowConfig, turnOf, useSlow } from "./slow-store";
import { stageNumbers } from "./stage-numbers";
import "./slow.css";

/** Seconds a stage. */
const PACES = [1, 2, 4] as const;

export function SlowMotion() {
  const { arm, step, at, taken, playing, failed } = useSlow();
  const arms = useArmIds();
  const config = usePlayground((state) => slowConfig(state, arm));
  const [pace, setPace] = useState<number>(2);
  useEffect(() => {
    if (!playing) return;
    const timer = setInterval(forward, 1000 * pace);
    return () => clearInterval(timer);
  }, [playing, pace]);
  const stage = step?.stages[at];
  const model = modelOf(config);
  const player = stage === undefined ? undefined : model.players[stage.player];
  const count = step?.stages.length ?? 0;
  const words = stage === undefined || player === undefined ? null : stageWords(stage, config);
  return (
    <section aria-label="Slow motion" className="slow panel">
      <div className="timeline-row">
        <Button name="Stage before" disabled={at === 0} onClick={() => goTo(at - 1)}>
          <IconChevronLeft size={15} aria-hidden="true" />
        </Button>
        <Button
          name={playing ? "Pause slow motion" : "Play slow motion"}
          disabled={step === null}
          onClick={() => play(!playing)}
        >
          {playing ? (
            <IconPlayerPauseFilled size={15} aria-hidden="true" />
          ) : (
            <IconPlayerPlayFilled size={15} aria-hidden="true" />
          )}
        </Button>
        <Button name={at + 1 < count ? "Next stage" : "Next step"} disabled={step === null} onClick={forward}>
          <IconChevronRight size={15} aria-hidden="true" />
        </Button>
        <input
          type="range"
          className="timeline-range"
          aria-label="Stage of the step"
          aria-valuetext={words === null ? "none yet" : `${at + 1} of ${count}: ${words.name}`}
          min={0}
          max={Math.max(0, count - 1)}
          step={1}
          value={at}
          disabled={step === null}
          onChange={(event) => goTo(Number(event.currentTarget.value))}
        />
        {arms.length > 1 && (
          <select
            className="slow-pace"
            aria-label="Whose step"
            value={arm}
            onChange={(event) => chooseArm(arms.find((id) => id === event.currentTarget.value) ?? arm)}
          >
            {arms.map((id) => (
              <option key={id} value={id}>
                arm {armLetter(id)}
              </option>
            ))}
          </select>
        )}
        <select
          className="slow-pace"
          aria-label="Pace"
          value={pace}
          onChange={(event) => setPace(Number(event.currentTarget.value))}
        >
          {PACES.map((seconds) => (
            <option key={seconds} value={seconds}>
              {seconds} s a stage
            </option>
          ))}
        </select>
        <Button name="Leave slow motion" onClick={closeSlow}>
          <IconX size={15} aria-hidden="true" />
        </Button>
      </div>
      {failed !== null && <p role="alert">{failed}</p>}
      {failed === null && words === null && <p role="status">Taking the next step apart…</p>}
      {step !== null && stage !== undefined && player !== undefined && words !== null && (
        <div className="slow-stage">
          <div role="status" className="slow-words">
            <p className="slow-where number">
              <span className={`role-${player.role}`}>
                {player.symbol}'s turn
                {playerOf(config, stage.player).turns > 1 &&
                  ` ${stage.turn + 1} of ${playerOf(config, stage.player).turns}`}
                , {turnOf(step, stage).indexOf(stage) + 1} of {turnOf(step, stage).length}
              </span>
              <span>
                {" "}
                · step {(step.step + 1).toLocaleString("en")}
                {taken ? ", taken" : ", not taken yet"}
              </span>
            </p>
            <p className="slow-name">{words.name}</p>
            <p>{words.says}</p>
          </div>
          <div className="slow-facts">
            <Formula tex={words.tex} />
            <dl className="slow-numbers number" aria-label="Numbers of this stage">
              {stageNumbers(stage, config).map(({ name, text }) => (
                <div key={name}>
                  <dt>{name}</dt>
                  <dd>{text}</dd>
                </div>
              ))}
            </dl>
          </div>
        </div>
      )}
    </section>
  );
}

interface ButtonProps {
  readonly name: string;
  readonly disabled?: boolean;
  readonly onClick: () => void;
  readonly children: React.ReactNode;
}

function Button({ name, disabled = false, onClick, children }: ButtonProps) {
  return (
    <button
      type="button"
      className="timeline-button"
      aria-label={name}
      title={name}
      disabled={disabled}
      onClick={onClick}
    >
      {children}
    </button>
  );
}
