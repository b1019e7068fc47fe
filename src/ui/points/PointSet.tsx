/** Points of one's own on their way to a dataset: drawn by brush, eraser and stamps, or read from a table. */

import { useEffect, useId, useRef, useState } from "react";
import { panelConfig } from "../../client/selectors";
import { playground, useActions } from "../../client/use-playground";
import { withDataset } from "../../core/architecture/adapt";
import { FEWEST_POINTS, MOST_POINTS, ownPointsId, parseOwnPoints, WIDTHS } from "../../core/datasets/own/points";
import { parseTable } from "../../core/datasets/own/table";
import { likeliestWidth } from "../../core/datasets/own/width";
import { errorSentence } from "../../core/errors";
import { random, STREAMS } from "../../core/rng";
import { FormError } from "../frame/FormError";
import { DrawArea } from "./DrawArea";
import { closePoints, takeTable, usePointsSheet } from "./points-store";
import { brush, type Cloud, erase, type Place, STAMP_IDS, STAMPS, type StampId, stamp } from "./tools";
import "../frame/sheet-form.css";
import "./points.css";

type Tool = "brush" | "eraser";

interface Drawing {
  readonly dimension: 1 | 2;
  readonly cloud: Cloud;
  readonly sigma: number;
}

const EMPTY: Drawing = { dimension: 2, cloud: [], sigma: WIDTHS.usual };

/** The present dataset, where it is points of one's own: to be gone on with. */
function present(): Drawing {
  const own = parseOwnPoints(panelConfig(playground().store.getState()).dataset);
  return own === null
    ? EMPTY
    : { dimension: own.dimension, cloud: cloudOf(own.dimension, own.points), sigma: own.sigma };
}

function cloudOf(dimension: 1 | 2, points: Float64Array): Cloud {
  return Array.from({ length: points.length / dimension }, (_, i): [number, number] => [
    points[dimension * i] ?? 0,
    dimension === 2 ? (points[2 * i + 1] ?? 0) : 0,
  ]);
}

const pointsOf = ({ dimension, cloud }: Drawing) =>
  Float64Array.from(cloud.flatMap(([x, y]) => (dimension === 1 ? [x] : [x, y])));

export default function PointSet() {
  const { setConfig } = useActions();
  const [drawing, setDrawing] = useState(present);
  const [before, setBefore] = useState<readonly Drawing[]>([]);
  const [tool, setTool] = useState<Tool>("brush");
  const [size, setSize] = useState(0.3);
  const [notes, setNotes] = useState<readonly string[]>([]);
  const [error, setError] = useState<string | null>(null);
  const place = useRef<Place>({ x: 0, y: 0 });
  const touches = useRef(0);
  const id = useId();
  const dropped = usePointsSheet((state) => state.dropped);

  const remember = () => setBefore((all) => [...all.slice(-49), drawing]);
  const next = () => random(1, STREAMS.view, ++touches.current); // other points at every touch
  const change = (edit: (cloud: Cloud) => Cloud) =>
    setDrawing((now) => ({ ...now, dimension: 2, cloud: edit(now.cloud) }));
  const touch = (at: Place) =>
    change((cloud) => (tool === "brush" ? brush(cloud, at, size, next()) : erase(cloud, at, size)));
  const press = (which: StampId) => {
    remember();
    change((cloud) => stamp(cloud, which, place.current, Math.max(0.2, 3 * size), next()));
  };
  const read = (text: string) => {
    try {
      const { dimension, points, notes: told } = parseTable(text);
      remember();
      setDrawing({ dimension, cloud: cloudOf(dimension, points), sigma: likeliestWidth(dimension, points) });
      setNotes(told);
      setError(null);
    } catch (failure) {
      setError(errorSentence(failure));
    }
  };
  const readFile = (file: File) => void file.text().then(read);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a table is read when it comes, once
  useEffect(() => {
    const table = takeTable();
    if (table !== null) readFile(table);
  }, [dropped]);

  const count = drawing.cloud.length;
  const use = () => {
    const dataset = ownPointsId({ dimension: drawing.dimension, points: pointsOf(drawing), sigma: drawing.sigma });
    setConfig(withDataset(panelConfig(playground().store.getState()), dataset));
    closePoints();
  };
  return (
    <section
      className="sheet-form points"
      aria-label="Making a set of points"
      onPaste={(event) => {
        const text = event.clipboardData.getData("text");
        if (text !== "" && !(event.target instanceof HTMLTextAreaElement)) read(text);
      }}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        event.stopPropagation();
        const [file] = event.dataTransfer.files;
        if (file !== undefined) readFile(file);
      }}
    >
      <DrawArea
        cloud={drawing.cloud}
        radius={size}
        onTouch={touch}
        onStroke={remember}
        onPlace={(at) => {
          place.current = at;
        }}
      />
      <div className="points-side">
        <p>
          Draw where the data is. Around every point the data is a small Gaussian; its density, the best D and all
          measures are known. Points are part of the link.
        </p>
        {/* biome-ignore lint/a11y/useSemanticElements: two buttons, one pressed */}
        <div className="points-row" role="group" aria-label="Tool">
          {(["brush", "eraser"] as const).map((one) => (
            <button key={one} type="button" aria-pressed={tool === one} onClick={() => setTool(one)}>
              {one === "brush" ? "Brush" : "Eraser"}
            </button>
          ))}
        </div>
        {/* biome-ignore lint/a11y/useSemanticElements: buttons that act where the tool is */}
        <div className="points-row" role="group" aria-label="Stamps, where the tool was last">
          {STAMP_IDS.map((which) => (
            <button key={which} type="button" onClick={() => press(which)}>
              {STAMPS[which].name}
            </button>
          ))}
        </div>
        <label htmlFor={`${id}-size`}>Size of tool and stamps: {size.toFixed(2)}</label>
        <input
          id={`${id}-size`}
          type="range"
          min={0.1}
          max={1}
          step={0.05}
          value={size}
          onChange={(event) => setSize(Number(event.currentTarget.value))}
        />
        <label htmlFor={`${id}-width`}>Width of the Gaussian around each point: {drawing.sigma.toFixed(2)}</label>
        <input
          id={`${id}-width`}
          type="range"
          min={WIDTHS.narrowest}
          max={WIDTHS.widest}
          step={0.01}
          value={drawing.sigma}
          onChange={(event) => setDrawing({ ...drawing, sigma: Number(event.currentTarget.value) })}
        />
        <Table onText={read} onFile={readFile} />
        <FormError text={error} />
        {notes.map((note) => (
          <p key={note} className="points-note">
            {note}
          </p>
        ))}
        <p role="status" aria-label="Points so far">
          {count.toLocaleString("en")} of {MOST_POINTS.toLocaleString("en")} points
          {drawing.dimension === 1 && " on the line"}
        </p>
        <div className="points-row">
          <button type="button" className="sheet-form-main" disabled={count < FEWEST_POINTS} onClick={use}>
            Use these points
          </button>
          <button
            type="button"
            disabled={before.length === 0}
            onClick={() => {
              setDrawing(before.at(-1) ?? EMPTY);
              setBefore(before.slice(0, -1));
            }}
          >
            Undo stroke
          </button>
          <button
            type="button"
            disabled={count === 0}
            onClick={() => {
              remember();
              setDrawing(EMPTY);
              setNotes([]);
            }}
          >
            Clear
          </button>
        </div>
      </div>
    </section>
  );
}

function Table({ onText, onFile }: { readonly onText: (text: string) => void; readonly onFile: (file: File) => void }) {
  const [text, setText] = useState("");
  const input = useRef<HTMLInputElement>(null);
  const id = useId();
  return (
    <details className="points-table">
      <summary>Points from a table</summary>
      <label htmlFor={id}>One or two numbers to a line, with a comma, a tab or a space between (CSV)</label>
      <textarea id={id} rows={4} value={text} onChange={(event) => setText(event.currentTarget.value)} />
      <div className="points-row">
        <button type="button" disabled={text.trim() === ""} onClick={() => onText(text)}>
          Read the table
        </button>
        <button type="button" onClick={() => input.current?.click()}>
          Choose a file
        </button>
        <input
          ref={input}
          type="file"
          hidden
          accept=".csv,.tsv,.txt"
          aria-label="A file with a table"
          onChange={(event) => {
            const [file] = event.currentTarget.files ?? [];
            event.currentTarget.value = "";
            if (file !== undefined) onFile(file);
          }}
        />
      </div>
    </details>
  );
}
