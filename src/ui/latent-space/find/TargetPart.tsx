/** The picture whose latent is to be found: from the data, a file, or drawn; and what of it counts. */
import { IconDice3 } from "@tabler/icons-react";
import { useRef, useState } from "react";
import type { ImageDataset } from "../../../core/datasets";
import { Choice } from "../../latent/Choice";
import { askStudy } from "../ask-study";
import type { Look } from "../draw-samples";
import { SampleGrid } from "../SampleGrid";
import { useSpaceArm } from "../space-store";
import { setTarget, tellProblem, useFind } from "./find-store";
import { PixelPad } from "./PixelPad";
import { blank, decodePicture, inked, inverted, touched } from "./target";

const TOOLS = [
  { value: "ink", text: "Draw" },
  { value: "erase", text: "Erase" },
  { value: "hide", text: "Hide from the search" },
] as const;
type Tool = (typeof TOOLS)[number]["value"];

const BLURS = [
  { value: 0, text: "sharp" },
  { value: 1, text: "a blur of 1 pixel" },
  { value: 2, text: "a blur of 2 pixels" },
  { value: 3, text: "a blur of 3 pixels" },
] as const;

/** Radius of the brush that draws, and of the one that hides, pixels. */
const RADII = { ink: 0.8, erase: 1.5, hide: 2 } as const satisfies Record<Tool, number>;

export function TargetPart({ look }: { readonly look: Look }) {
  const { dataset } = look;
  return dataset.kind === "images" ? <ImageTarget look={look} dataset={dataset} /> : <PointTarget look={look} />;
}

/** Takes the next sample of the data that training does not see, where some were kept aside. */
function useFromData(split: "train" | "test"): () => void {
  const arm = useSpaceArm();
  const next = useRef(0);
  return () => {
    askStudy(arm, "reals", { split, from: next.current, count: 1 }).then(({ samples }) => {
      next.current += 1;
      setTarget({ target: samples, mask: null });
    }, tellProblem);
  };
}

function PointTarget({ look }: { readonly look: Look }) {
  const target = useFind((state) => state.target);
  const another = useFromData("train");
  return (
    <div className="space-target">
      <div className="space-target-picture">
        <SampleGrid label="The point to be found" look={look} samples={target} count={1} columns={1} />
      </div>
      <button type="button" onClick={another}>
        <IconDice3 size={14} aria-hidden="true" /> A point of the data
      </button>
    </div>
  );
}

function ImageTarget({ look, dataset }: { readonly look: Look; readonly dataset: ImageDataset }) {
  const { target, mask, blur } = useFind();
  const [tool, setTool] = useState<Tool>("ink");
  const [colour, setColour] = useState("#ffffff");
  const input = useRef<HTMLInputElement>(null);
  const another = useFromData(dataset.testCount > 0 ? "test" : "train");
  const [height, width, channels] = dataset.shape;
  const picture = target instanceof Uint8ClampedArray ? target : null;
  const take = (file: Blob) => {
    decodePicture(file, dataset).then((pixels) => setTarget({ target: pixels, mask: null }), tellProblem);
  };
  const touch = (x: number, y: number) => {
    const cells = touched({ x, y, radius: RADII[tool] }, height, width);
    const state = useFind.getState();
    if (tool === "hide") {
      const next = state.mask?.slice() ?? new Float32Array(height * width).fill(1);
      for (const [i, cover] of cells) if (cover > 0.3) next[i] = 0;
      setTarget({ mask: next });
      return;
    }
    const ink = tool === "ink" ? rgbOf(channels === 1 ? "#ffffff" : colour) : rgbOf("#000000");
    const before = state.target instanceof Uint8ClampedArray ? state.target : blank(dataset);
    setTarget({ target: inked(before, cells, ink) });
  };
  return (
    <section
      aria-label="The picture to be found"
      className="space-target"
      onPaste={(event) => {
        const [file] = event.clipboardData.files;
        if (file !== undefined) take(file);
      }}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        event.stopPropagation();
        const [file] = event.dataTransfer.files;
        if (file !== undefined) take(file);
      }}
    >
      <div className="space-target-picture">
        <PixelPad
          label="The picture to be found: paint on it"
          look={look}
          dataset={dataset}
          picture={picture}
          mask={mask}
          onTouch={touch}
        />
      </div>
      <div className="space-part">
        <div className="space-row">
          <button type="button" onClick={another}>
            <IconDice3 size={14} aria-hidden="true" /> {dataset.testCount > 0 ? "A test image" : "An image of the data"}
          </button>
          <button type="button" onClick={() => input.current?.click()}>
            A file …
          </button>
          <input
            ref={input}
            type="file"
            hidden
            accept="image/*"
            aria-label="A picture to be found"
            onChange={(event) => {
              const [file] = event.currentTarget.files ?? [];
              event.currentTarget.value = "";
              if (file !== undefined) take(file);
            }}
          />
          <button type="button" onClick={() => setTarget({ target: blank(dataset), mask: null })}>
            Empty
          </button>
          <button
            type="button"
            disabled={picture === null}
            onClick={() => picture && setTarget({ target: inverted(picture) })}
          >
            Invert
          </button>
        </div>
        {/* biome-ignore lint/a11y/useSemanticElements: buttons, one pressed */}
        <div className="space-row" role="group" aria-label="Brush">
          {TOOLS.map(({ value, text }) => (
            <button key={value} type="button" aria-pressed={tool === value} onClick={() => setTool(value)}>
              {text}
            </button>
          ))}
          {channels === 3 && (
            <input
              type="color"
              aria-label="Colour of the brush"
              value={colour}
              onChange={(event) => setColour(event.currentTarget.value)}
            />
          )}
        </div>
        <div className="space-row">
          <button
            type="button"
            disabled={picture === null}
            onClick={() => setTarget({ mask: lowerHalf(height, width) })}
            title="Only the upper half counts: the search fills in the rest"
          >
            Hide the lower half
          </button>
          <button type="button" disabled={mask === null} onClick={() => setTarget({ mask: null })}>
            Show all
          </button>
          <Choice label="Looked at" value={blur} choices={BLURS} onChange={(value) => setTarget({ blur: value })} />
        </div>
        <p className="space-note">
          You can also drop or paste a picture here, or draw one. What is hidden does not count, so that G fills it in;
          through a blur G has to guess what was sharp.
        </p>
      </div>
    </section>
  );
}

function lowerHalf(height: number, width: number): Float32Array {
  const half = Math.floor(height / 2);
  return Float32Array.from({ length: height * width }, (_, i) => (Math.floor(i / width) < half ? 1 : 0));
}

function rgbOf(colour: string): readonly [number, number, number] {
  const value = Number.parseInt(colour.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}
