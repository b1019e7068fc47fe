/** The walk between two pins as a strip of images, a row an arm; press one to go there. With one pin only, its image. */
import { type CSSProperties, useCallback, useMemo } from "react";
import type { LatentState } from "../../client/latents/latent-state";
import { firstConfig } from "../../client/selectors";
import { playground, useLatentActions, useLatents } from "../../client/use-playground";
import { type ArmId, armLetter } from "../../core/arms";
import { datasetOf } from "../../core/datasets";
import { Canvas, type Paint } from "../stage/Canvas";
import { drawImageAt } from "../stage/images-view";
import { ARM, useArmIds } from "../stage/live";

const WALK = (state: LatentState) => state.walk;

export function FilmStrip() {
  const count = useLatents((state) => state.walk?.count ?? 0);
  const onlyB = useLatents((state) => state.pins.a === null);
  const arms = useArmIds();
  return (
    <div className="film">
      {arms.map((arm) => (
        <div key={arm} className="film-row" style={{ "--frames": Math.max(5, count) } as CSSProperties}>
          {Array.from({ length: count }, (_, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a frame of the strip is its place
            <Frame key={i} arm={arm} index={i} count={count} onlyB={onlyB} named={arms.length > 1} />
          ))}
        </div>
      ))}
    </div>
  );
}

interface FrameProps {
  readonly arm: ArmId;
  readonly index: number;
  readonly count: number;
  readonly onlyB: boolean;
  readonly named: boolean;
}

function Frame({ arm, index, count, onlyB, named }: FrameProps) {
  const { walkTo } = useLatentActions();
  const { setLatent } = playground().actions;
  const share = index / Math.max(1, count - 1);
  const letter = count === 1 ? (onlyB ? "B" : "A") : index === 0 ? "A" : index === count - 1 ? "B" : null;
  const place = letter === null ? `${Math.round(share * 100)} % of the way to B` : `pin ${letter}`;
  const subscribe = useMemo(
    () => (listener: () => void) =>
      playground().latents.store.subscribe((state, before) => {
        if (WALK(state) !== WALK(before)) listener();
      }),
    [],
  );
  const paint = useCallback<Paint>(
    (context, width, height) => {
      const { store, latents } = playground();
      const answer = WALK(latents.store.getState())?.arms.find((one) => one.arm === arm);
      const dataset = datasetOf((ARM[arm](store.getState())?.config ?? firstConfig(store.getState())).dataset);
      if (dataset.kind !== "images" || !(answer?.samples instanceof Uint8ClampedArray)) return;
      const [rows, columns] = dataset.shape;
      if (answer.samples.length < (index + 1) * rows * columns * 4) return; // of the data before a change
      const images = { pixels: answer.samples, height: rows, width: columns, logits: answer.logits };
      drawImageAt(context, images, index, { x: 0, y: 0, width, height });
    },
    [arm, index],
  );
  const go = () => {
    if (count > 1) walkTo(share);
    else {
      const { a, b } = playground().latents.store.getState().pins;
      const pin = a ?? b;
      if (pin !== null) setLatent(pin.slice());
    }
  };
  return (
    <button
      type="button"
      className="film-frame"
      aria-label={`Go to ${place}${named ? `, arm ${armLetter(arm)}` : ""}`}
      onClick={go}
    >
      <Canvas
        label={`Image at ${place}${named ? `, arm ${armLetter(arm)}` : ""}`}
        subscribe={subscribe}
        paint={paint}
      />
      {letter !== null && (
        <span className="film-letter" aria-hidden="true">
          {letter}
        </span>
      )}
    </button>
  );
}
