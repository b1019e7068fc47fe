/** The game as a diagram, reals → D ← fakes ← G ← z, slim, with its numbers live and a pulse for each player's turn. */

import type { ReactNode } from "react";
import { firstConfig } from "../../client/selectors";
import { usePlayground } from "../../client/use-playground";
import { ARM_IDS } from "../../core/arms";
import { lossOf } from "../../core/config";
import { formatNumber } from "../../core/format";
import { type ModelInfo, modelOf } from "../../core/models";
import { opinionOf } from "../../core/opinion";
import { useRoving } from "../frame/use-roving";
import { Term } from "../learn/Term";
import { ModelFlow } from "../model/ModelFlow";
import { Reading } from "../theme/Reading";
import { CURVES, NUMBERS_MS, useThrottled } from "./live";
import { useMoment } from "./moments";
import { turnOf } from "./turn";
import "./flow.css";

/** The diagram of the first arm's model. */
export function FlowDiagram() {
  const model = usePlayground((state) => modelOf(firstConfig(state)));
  return model.judge === null ? <ModelFlow model={model} /> : <GameDiagram model={model} />;
}

function GameDiagram({ model }: { readonly model: ModelInfo }) {
  const { readings } = useMoment(ARM_IDS[0]);
  const curves = useThrottled(CURVES.a, NUMBERS_MS);
  const loss = usePlayground((state) => lossOf(firstConfig(state)));
  const latentSize = usePlayground((state) => firstConfig(state).latent.size);
  const training = usePlayground((state) => state.phase === "training");
  const { probability } = opinionOf(loss);
  const [real, fake] = probability ? [readings.dReal, readings.dFake] : [readings.dLogitReal, readings.dLogitFake];
  const number = (value: number) => formatNumber(value);
  const summary = `Noise z goes through the generator G to fakes; the discriminator D judges real samples and fakes. D(x) ${number(real)}, D(G(z)) ${number(fake)}, D's loss ${number(readings.dLoss)}, G's loss ${number(readings.gLoss)}, gradient norms: D ${number(readings.dGradNorm)}, G ${number(readings.gGradNorm)}.`;
  const words = useRoving<HTMLElement>("button");
  const turn = training ? "both" : turnOf(curves);
  return (
    <figure
      className="flow number"
      aria-label={`How a ${model.name} works, live`}
      data-turn={turn}
      data-training={training || undefined}
      {...words}
    >
      <figcaption className="visually-hidden">{summary}</figcaption>
      <span className="flow-data role-real">
        <Term id="real">data</Term>
      </span>
      <Line place="data-x" of="d" />
      <span className="flow-x role-real">
        <Term id="real">
          <span className="flow-word">reals </span>x
        </Term>
      </span>
      <span className="flow-z">
        <Term id="noise">
          <em>z</em>
        </Term>
        <small>{latentSize}-D</small>
      </span>
      <Line place="z-g" of="g" />
      {/* G widens from noise to data, D narrows from data to one number: shape tells them apart, not only colour. */}
      <Player name="generator" loss={readings.gLoss} norm={readings.gGradNorm} />
      <Line place="g-fakes" of="g" />
      <span className="flow-fakes role-fake">
        <Term id="fake">
          <span className="flow-word">fakes </span>G(z)
        </Term>
      </span>
      <Wedge place="judged" from="M0 15L100 38M0 65L100 42" />
      <Player name="discriminator" loss={readings.dLoss} norm={readings.dGradNorm} />
      <Wedge place="opinions" from="M0 38L100 15M0 42L100 65" />
      <Output place="out-real" side="real" value={real} probability={probability}>
        <Term id="dReal">D(x)</Term>
      </Output>
      <Output place="out-fake" side="fake" value={fake} probability={probability}>
        <Term id="dFake">D(G(z))</Term>
      </Output>
    </figure>
  );
}

/** A line between two things of one row; it flows when the player whose turn it is sends something along it. */
function Line({ place, of }: { readonly place: string; readonly of: "d" | "g" }) {
  return <span className="flow-line" data-of={of} style={{ gridArea: place }} aria-hidden="true" />;
}

/** Two lines that meet, or part. */
function Wedge({ place, from }: { readonly place: string; readonly from: string }) {
  return (
    <svg
      className="flow-wedge"
      style={{ gridArea: place }}
      viewBox="0 0 100 80"
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <path d={from} vectorEffect="non-scaling-stroke" />
    </svg>
  );
}

interface PlayerProps {
  readonly name: "generator" | "discriminator";
  readonly loss: number;
  readonly norm: number;
}

/** A player with its loss and the length of its gradient. */
function Player({ name, loss, norm }: PlayerProps) {
  const generator = name === "generator";
  return (
    <div className={`flow-player flow-${name}`}>
      <span className={`flow-name role-${name}`}>
        <Term id={name}>{generator ? "G" : "D"}</Term>
      </span>
      <span className="flow-numbers">
        <span>
          <Term id={generator ? "lossG" : "lossD"}>loss</Term>
          <Reading width={6}>{formatNumber(loss)}</Reading>
        </span>
        <span>
          <Term id="gradientNorm">‖∇‖</Term>
          <Reading width={6}>{formatNumber(norm)}</Reading>
        </span>
      </span>
    </div>
  );
}

interface OutputProps {
  readonly place: string;
  readonly side: "real" | "fake";
  readonly value: number;
  readonly probability: boolean;
  readonly children: ReactNode;
}

/** What D says on average: a number, and for probabilities a bar from 0 to 1 with a tick at one half. */
function Output({ place, side, value, probability, children }: OutputProps) {
  const filled = Number.isFinite(value) ? 100 * Math.min(1, Math.max(0, value)) : 0;
  return (
    <div className="flow-output" style={{ gridArea: place }}>
      <span className={`role-${side}`}>{children}</span>
      <Reading width={7} align="end">
        {formatNumber(value)}
      </Reading>
      {probability && (
        <span className="flow-bar" aria-hidden="true">
          <span className={`flow-bar-${side}`} style={{ width: `${filled}%` }} />
        </span>
      )}
    </div>
  );
}
