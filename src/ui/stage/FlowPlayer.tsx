/** A network or a player as a box of the live diagram, with its loss and the length of its gradient. */
import type { CSSProperties, ReactNode } from "react";
import { formatNumber } from "../../core/format";
import type { GlossaryId } from "../../core/glossary";
import type { ModelInfo } from "../../core/models";
import type { PlayerColor } from "../../core/models/types";
import { Term } from "../learn/Term";
import { playerNumber, playerReading } from "../model/model-numbers";
import { Reading } from "../theme/Reading";
import { useLitPart } from "./lit";

/** A player with its latest numbers. */
export interface PlayerNumbers {
  readonly id: string;
  readonly symbol: string;
  readonly name: string;
  readonly role: PlayerColor;
  /** The networks that its turn updates. */
  readonly updates: readonly string[];
  readonly loss: number;
  readonly lossTerm: GlossaryId;
  readonly norm: number;
  /** Whether its turn is marked, while all train in turn. */
  readonly turn: boolean;
  /** Whether it alone of several learned in the latest step. */
  readonly moved: boolean;
}

export function playerNumbers(
  model: ModelInfo,
  readings: Readonly<Record<string, number>>,
  moved: readonly string[],
  turn: number | null,
): readonly PlayerNumbers[] {
  return Object.entries(model.players).map(([id, { symbol, name, role, updates }], i) => ({
    id,
    symbol,
    name,
    role,
    updates,
    loss: playerNumber(model, id, "loss", readings),
    lossTerm: playerReading(model, id, "loss")?.[1].term ?? "loss",
    norm: playerNumber(model, id, "gradient", readings),
    turn: i === turn,
    moved: moved.includes(id),
  }));
}

interface Props {
  readonly symbol: ReactNode;
  readonly role: PlayerColor;
  /** Who updates it; nobody where it is fixed. */
  readonly player: PlayerNumbers | undefined;
  /** The networks that it stands for. */
  readonly networks: readonly string[];
  /** Without numbers: they stand elsewhere. */
  readonly bare?: boolean;
  readonly style?: CSSProperties;
}

export function FlowPlayer({ symbol, role, player, networks, bare = false, style }: Props) {
  const lit = useLitPart(...networks);
  return (
    <div
      className="flow-player"
      {...lit}
      data-role={role}
      data-moved={player?.moved || undefined}
      data-turn={player?.turn || undefined}
      style={style}
    >
      <span className={`flow-name role-${role}`}>{symbol}</span>
      {player !== undefined && !bare && (
        <span className="flow-numbers">
          <span>
            <Term id={player.lossTerm}>loss</Term>
            <Reading width={6}>{formatNumber(player.loss)}</Reading>
          </span>
          <span>
            <Term id="gradientNorm">‖∇‖</Term>
            <Reading width={6}>{formatNumber(player.norm)}</Reading>
          </span>
        </span>
      )}
    </div>
  );
}
