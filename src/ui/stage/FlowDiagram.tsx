/** The first arm's model as a diagram, slim, with its numbers live and a pulse for whoever learns. Where things stand: model/flow-graph.ts. */
import { type CSSProperties, memo, useMemo } from "react";
import { firstConfig } from "../../client/selectors";
import { usePlayground } from "../../client/use-playground";
import { ARM_IDS } from "../../core/arms";
import { type ExperimentConfig, lossOf } from "../../core/config";
import { datasetClasses } from "../../core/datasets";
import { formatNumber } from "../../core/format";
import { type ModelInfo, modelOf } from "../../core/models";
import { opinionOf } from "../../core/opinion";
import { useRoving } from "../frame/use-roving";
import { Term } from "../learn/Term";
import { type FlowNetwork, type FlowSource, type FlowValue, flowGraph, flowWords } from "../model/flow-graph";
import { EndLines, FlowLines } from "./FlowLines";
import { FlowOutput, OutputName, outputWords } from "./FlowOutput";
import { FlowPlayer, type PlayerNumbers, playerNumbers } from "./FlowPlayer";
import { flowColumns, flowPlace } from "./flow-place";
import { useLitPart } from "./lit";
import { CURVES, NUMBERS_MS, useThrottled } from "./live";
import { useMoment } from "./moments";
import { movedPlayers } from "./turn";
import { useFlowMotion } from "./use-flow-motion";
import "./flow.css";

export function FlowDiagram() {
  const config = usePlayground(firstConfig);
  const model = modelOf(config);
  const graph = useMemo(() => flowGraph(model), [model]);
  const { readings } = useMoment(ARM_IDS[0]);
  const curves = useThrottled(CURVES.a, NUMBERS_MS);
  const training = usePlayground((state) => state.phase === "training");
  const { probability } = opinionOf(lossOf(config));
  const words = useRoving<HTMLElement>("button");
  const turn = useFlowMotion(words.ref, training, Object.keys(model.players).length);
  const players = playerNumbers(model, readings, turnOf(model, curves, training), turn);
  const joint = players.filter(({ updates }) => updates.length > 1);
  const summary = [
    flowWords(graph),
    ...graph.ends.map(({ output }) => outputWords(output, readings, probability)),
    ...players.map(
      ({ name, loss, norm }) => `${name}: loss ${formatNumber(loss)}, gradient norm ${formatNumber(norm)}.`,
    ),
  ].join(" ");
  return (
    <figure
      className="flow number"
      aria-label={`How a ${model.name} works, live`}
      data-rows={graph.rows}
      style={{ "--flow-rows": graph.rows } as CSSProperties}
      {...words}
    >
      <figcaption className="visually-hidden">{summary}</figcaption>
      <div className="flow-graph" style={{ gridTemplateColumns: flowColumns(graph.columns) }}>
        <FlowLines graph={graph} />
        {graph.nodes.map((node) => {
          switch (node.kind) {
            case "source":
              return <Source key={node.id} source={node} note={noteOf(node, config)} />;
            case "value":
              return <Value key={node.id} node={node} readings={readings} />;
            case "network":
              return <Network key={node.id} node={node} players={players} />;
            default:
              return node satisfies never;
          }
        })}
      </div>
      <EndLines rows={graph.rows} ends={graph.ends} />
      <div className="flow-ends">
        {graph.ends.map(({ output, from }) => (
          <FlowOutput
            key={output.symbol}
            output={output}
            network={from.id}
            readings={readings}
            probability={probability}
          />
        ))}
      </div>
      {joint.map((player) => (
        <FlowPlayer
          key={player.id}
          symbol={player.symbol}
          role={player.role}
          player={player}
          networks={player.updates}
        />
      ))}
    </figure>
  );
}

/** Who is marked: while training everybody in turn, else the one of several who alone learned in the latest step. */
function turnOf(model: ModelInfo, curves: Parameters<typeof movedPlayers>[1], training: boolean): readonly string[] {
  const moved = movedPlayers(model, curves);
  return training || moved.length === Object.keys(model.players).length ? [] : moved;
}

/** How many there are of it. */
function noteOf({ symbol }: FlowSource, config: ExperimentConfig): string | null {
  if (symbol === "z") return `${config.latent.size}-D`;
  return symbol === "y" ? `of ${datasetClasses(config.dataset)}` : null;
}

/** A line that fills what a text leaves of its column. */
function Fill({ head }: { readonly head: boolean }) {
  return <span className="flow-line" data-head={head || undefined} aria-hidden="true" />;
}

const Source = memo(function Source({ source, note }: { readonly source: FlowSource; readonly note: string | null }) {
  const { id, symbol, word, term, role, column, row } = source;
  const lit = useLitPart(id === "data" ? "x" : id);
  const text = (
    <>
      {word !== "" && (symbol === "" ? word : <span className="flow-word">{word} </span>)}
      {symbol !== "" && <em>{symbol}</em>}
    </>
  );
  return (
    <span className={`flow-source ${role === null ? "" : `role-${role}`}`} style={flowPlace(column, row)} {...lit}>
      {column > 0 && id === "x" && <Fill head />}
      <span>
        {term === null ? text : <Term id={term}>{text}</Term>}
        {note !== null && <small className="flow-note">{note}</small>}
      </span>
      {column === 0 && <Fill head={false} />}
    </span>
  );
});

function Value({ node, readings }: { readonly node: FlowValue; readonly readings: Readonly<Record<string, number>> }) {
  const { output, column, row } = node;
  const { numbers } = output;
  const lit = useLitPart(`${node.network}:made`);
  return (
    <span className="flow-source" style={flowPlace(column, row)} {...lit}>
      <Fill head />
      <span className="flow-value">
        <OutputName output={output} />
        {numbers.map(({ reading, label }) => (
          <small key={reading}>
            {label} {formatNumber(readings[reading] ?? Number.NaN)}
          </small>
        ))}
      </span>
    </span>
  );
}

/** A network: with its player's numbers where the player has no other. */
function Network({ node, players }: { readonly node: FlowNetwork; readonly players: readonly PlayerNumbers[] }) {
  const { id, network, column, row } = node;
  const player = players.find(({ updates }) => updates.includes(id));
  return (
    <FlowPlayer
      symbol={<Term id={network.term}>{network.symbol}</Term>}
      role={network.role}
      player={player}
      networks={[id]}
      bare={(player?.updates.length ?? 0) > 1}
      style={flowPlace(column, row)}
    />
  );
}
