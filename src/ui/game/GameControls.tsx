/** What is played and how: game, loss, penalty and its strength, the way of stepping, its rate. */
import { type ChangeEvent, useId } from "react";
import { GAMES, type GameId } from "../../core/game/field";
import { GAME_LOSSES } from "../../core/game/slopes";
import { METHOD_IDS, METHODS, type Play } from "../../core/game/steps";
import { LOSSES } from "../../core/losses";
import { PENALTIES, PENALTY_IDS, type PenaltyId } from "../../core/penalties";
import { STRENGTHS } from "./stories";

const GAME_NAMES: Readonly<Record<GameId, string>> = {
  dirac: "Dirac-GAN: one fake, one slope",
  bilinear: "Bilinear: θ·ψ",
};
const PENALTY_CHOICES: readonly (PenaltyId | "none")[] = ["none", ...PENALTY_IDS];
const penaltyName = (id: PenaltyId | "none") => (id === "none" ? "none" : PENALTIES[id].name);

interface Props {
  readonly play: Play;
  readonly onChange: (play: Play) => void;
}

export function GameControls({ play, onChange }: Props) {
  const change = (changed: Partial<Play>) => onChange({ ...play, ...changed });
  return (
    <div className="game-controls">
      <Choice
        label="Game"
        value={play.game}
        options={GAMES}
        name={(id) => GAME_NAMES[id]}
        onChange={(game) => change({ game })}
      />
      {play.game === "dirac" && (
        <Choice
          label="Loss"
          value={play.loss}
          options={GAME_LOSSES}
          name={(id) => LOSSES[id].name}
          onChange={(loss) => change({ loss })}
        />
      )}
      <Choice
        label="Penalty"
        value={play.penalty}
        options={PENALTY_CHOICES}
        name={penaltyName}
        onChange={(penalty) => change({ penalty, strength: STRENGTHS[penalty] })}
      />
      {play.penalty !== "none" && (
        <Strength
          label={`Strength ${PENALTIES[play.penalty].symbol}`}
          value={play.strength}
          max={2}
          onChange={(strength) => change({ strength })}
        />
      )}
      <Choice
        label="Steps"
        value={play.method}
        options={METHOD_IDS}
        name={(id) => METHODS[id].name}
        onChange={(method) => change({ method })}
      />
      <Strength label="Learning rate h" value={play.rate} max={1} onChange={(rate) => change({ rate })} />
      {play.method === "alternating" && (
        <Strength
          label="Updates of D for each of G"
          value={play.turns}
          min={1}
          max={10}
          step={1}
          onChange={(turns) => change({ turns })}
        />
      )}
      {play.method === "consensus" && (
        <Strength
          label="Strength γ of consensus"
          value={play.consensus}
          max={4}
          onChange={(consensus) => change({ consensus })}
        />
      )}
      <p className="game-note">
        {METHODS[play.method].lesson} <cite>{METHODS[play.method].source}</cite>
      </p>
    </div>
  );
}

interface ChoiceProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly options: readonly T[];
  readonly name: (id: T) => string;
  readonly onChange: (id: T) => void;
}

function Choice<T extends string>({ label, value, options, name, onChange }: ChoiceProps<T>) {
  const choose = (event: ChangeEvent<HTMLSelectElement>) => {
    const chosen = options.find((id) => id === event.currentTarget.value);
    if (chosen !== undefined) onChange(chosen);
  };
  return (
    <label>
      {label}
      <select value={value} onChange={choose}>
        {options.map((id) => (
          <option key={id} value={id}>
            {name(id)}
          </option>
        ))}
      </select>
    </label>
  );
}

interface StrengthProps {
  readonly label: string;
  readonly value: number;
  readonly min?: number;
  readonly max: number;
  readonly step?: number;
  readonly onChange: (value: number) => void;
}

function Strength({ label, value, min = 0, max, step = 0.01, onChange }: StrengthProps) {
  const id = useId();
  return (
    <label htmlFor={id}>
      <span>
        {label} <output className="number">{step === 1 ? value : value.toFixed(2)}</output>
      </span>
      <input
        id={id}
        type="range"
        min={min}
        max={max}
        step={step}
        value={value}
        onChange={(event) => onChange(Number(event.currentTarget.value))}
      />
    </label>
  );
}
