/** The health tab: per layer of every network what it gives and how it learns, now and over time. Open, it asks the networks. */

import { useEffect } from "react";
import { usePlayground } from "../../../client/use-playground";
import { LAYER_TABLE } from "../../../core/architecture/layer-table";
import { type ArmId, armLetter } from "../../../core/arms";
import { formatNumber } from "../../../core/format";
import { type LayerHealth, remarksOf } from "../../../core/health";
import { modelOf } from "../../../core/models";
import { ACTIVATION_NAMES } from "../../controls/layer-fields";
import { ARM, useArmIds } from "../../stage/live";
import { Reading } from "../../theme/Reading";
import { type HealthReading, useHealthHistory, watchHealth } from "./health-store";
import { Bars, Fan, Histogram, Line } from "./SmallMultiple";
import "./health.css";

export function Health() {
  const arms = useArmIds();
  useEffect(watchHealth, []);
  return (
    <section aria-label="Health" className="health">
      <p className="doctor-read">
        How each layer is, for the minibatch of the next step: what it gives, and how it would learn. The small curves
        are since this tab was opened first, and begin anew when the page is loaded again. While it is open, training
        gives up to a twelfth of its time for it.
      </p>
      {arms.map((arm) => (
        <ArmHealth key={arm} arm={arm} named={arms.length > 1} />
      ))}
      <Words />
    </section>
  );
}

function ArmHealth({ arm, named }: { readonly arm: ArmId; readonly named: boolean }) {
  const rows = useHealthHistory(({ histories }) => histories[arm]);
  const model = usePlayground((state) => {
    const view = ARM[arm](state);
    return view === undefined ? null : modelOf(view.config);
  });
  const last = rows?.at(-1);
  if (rows === undefined || last === undefined || model === null) {
    return <p role="status">Asking the networks…</p>;
  }
  return last.health.map(({ network, layers }) => {
    const role = model.networks[network];
    if (role === undefined) return null;
    return (
      <section
        key={network}
        aria-label={`${named ? `Arm ${armLetter(arm)}, ` : ""}${role.name}`}
        className="health-network"
      >
        <h3 className={`doctor-heading role-${role.role}`}>
          {named && `${armLetter(arm)} · `}
          {role.name} {role.symbol}
          <small className="number">step {last.step.toLocaleString("en")}</small>
        </h3>
        {layers.filter(isTold).map((layer) => (
          <Layer key={layer.path} layer={layer} past={pastOf(rows, network, layer.path)} role={role.role} />
        ))}
      </section>
    );
  });
}

/** Layers that only pass numbers on have nothing to tell. */
const isTold = ({ learning, activation }: LayerHealth) => learning !== null || activation !== "linear";

const pastOf = (rows: readonly HealthReading[], network: string, path: string): readonly LayerHealth[] =>
  rows.flatMap(
    ({ health }) => health.find((one) => one.network === network)?.layers.find((layer) => layer.path === path) ?? [],
  );

interface LayerProps {
  readonly layer: LayerHealth;
  /** The same over time, the latest last. */
  readonly past: readonly LayerHealth[];
  readonly role: string;
}

function Layer({ layer, past, role }: LayerProps) {
  const { path, type, activation, units, atRest, activations, learning, singularValues } = layer;
  const name = `${path
    .split("/")
    .map((place) => Number(place) + 1)
    .join(".")} ${LAYER_TABLE[type].name} ${units}`;
  const remarks = remarksOf(layer);
  const className = `role-${role}`;
  return (
    <article className="health-layer" aria-label={name} data-remark={remarks.length > 0 || undefined}>
      <h4>
        {name}
        {activation !== "linear" && <small>{ACTIVATION_NAMES[activation]}</small>}
      </h4>
      <dl className="health-cells">
        <Cell name="Gives" text={rangeText(activations)}>
          <Histogram spread={activations} {...{ className, label: `What it gives: ${rangeText(activations)}` }} />
          <Fan spreads={past.map((one) => one.activations)} {...{ className, label: "The same over time" }} />
        </Cell>
        {learning !== null && (
          <Cell name="Gradient" text={rangeText(learning.gradients)}>
            <Histogram
              spread={learning.gradients}
              {...{ className, label: `Gradient of its weights: ${rangeText(learning.gradients)}` }}
            />
            <Fan
              spreads={past.flatMap((one) => one.learning?.gradients ?? [])}
              {...{ className, label: "The same over time" }}
            />
          </Cell>
        )}
        {learning !== null && (
          <Cell name="Weights, norm" text={formatNumber(learning.weightNorm)}>
            <Line
              values={past.map((one) => one.learning?.weightNorm ?? Number.NaN)}
              {...{ className, label: "Norm of its weights over time" }}
            />
          </Cell>
        )}
        {learning !== null && (
          <Cell name="Gradient, norm" text={formatNumber(learning.gradientNorm)}>
            <Line
              log
              values={past.map((one) => one.learning?.gradientNorm ?? Number.NaN)}
              {...{ className, label: "Norm of its gradient over time, logarithmic" }}
            />
          </Cell>
        )}
        {learning !== null && (
          <Cell name="Update ÷ weights" text={formatNumber(learning.updateRatio, 2)}>
            <Line
              log
              values={past.map((one) => one.learning?.updateRatio ?? Number.NaN)}
              {...{ className, label: "Update to weights over time, logarithmic" }}
            />
          </Cell>
        )}
        {atRest !== null && (
          <Cell name="Units at rest" text={`${atRest} of ${units}`}>
            <Line
              values={past.map((one) => one.atRest ?? Number.NaN)}
              {...{ className, label: "Units at rest over time" }}
            />
          </Cell>
        )}
        {singularValues !== null && (
          <Cell name="Singular values" text={`largest ${formatNumber(singularValues[0] ?? Number.NaN)}`}>
            <Bars
              values={singularValues}
              {...{ className, label: "Its kernel's singular values, the largest first" }}
            />
          </Cell>
        )}
      </dl>
      {remarks.length > 0 && <p className="health-remark">{remarks.join(" ")}</p>}
    </article>
  );
}

interface CellProps {
  readonly name: string;
  readonly text: string;
  readonly children: React.ReactNode;
}

function Cell({ name, text, children }: CellProps) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <Reading width={16}>{text}</Reading>
        <span className="health-pair">{children}</span>
      </dd>
    </div>
  );
}

const rangeText = ({ low, high }: { readonly low: number; readonly high: number }) =>
  `${formatNumber(low, 2)} to ${formatNumber(high, 2)}`;

const WORDS = [
  [
    "Gives",
    "the numbers that come out of the layer, its activation applied; the dashed line is 0, bars are on a root scale.",
  ],
  ["Gradient", "of the player's loss by each of the layer's weights. All in one thin bar at 0: it learns nothing."],
  [
    "Update ÷ weights",
    "how far the next update moves the weights, as a share of their length. 0.001 is usual, 0.1 is a jump.",
  ],
  [
    "Units at rest",
    "units that are above 0 for no example (ReLU and its kin), or at one end for all of them (tanh, sigmoid): almost nothing is learned through them.",
  ],
  [
    "Singular values",
    "of a kernel under spectral norm: how much it stretches each direction. Its largest is held at 1 (the dashed line).",
  ],
  ["Over time", "bands hold nine tenths and half of the numbers, the line is their median."],
] as const;

function Words() {
  return (
    <details className="doctor-rules">
      <summary>What the words mean</summary>
      <ul>
        {WORDS.map(([word, says]) => (
          <li key={word}>
            <b>{word}</b>: {says}
          </li>
        ))}
      </ul>
    </details>
  );
}
