/** Presses on the generated images of the stage: each takes its image's latent. One stop for the Tab key, arrows inside. */
import { type CSSProperties, type KeyboardEvent, useMemo, useState } from "react";
import { playground, usePlayground } from "../../client/use-playground";
import type { ArmId } from "../../core/arms";
import { stageLatents } from "../../core/latents";
import { cellAt, type ImageGrid, imageAt } from "./image-layout";
import { ARM, ARM_CONFIG } from "./live";
import { takeFake } from "./take-fake";

interface Props {
  readonly arm: ArmId;
  readonly grid: ImageGrid;
}

export function FakeButtons({ arm, grid }: Props) {
  const { cell } = grid;
  const [focused, setFocused] = useState(0);
  const taken = useTaken(arm, grid);
  const move = (event: KeyboardEvent<HTMLFieldSetElement>) => {
    const by = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -grid.columns, ArrowDown: grid.columns }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    const next = focused + by;
    if (next < 0 || next >= grid.count) return;
    setFocused(next);
    const button = event.currentTarget.querySelectorAll("button")[next];
    button?.focus();
  };
  const style = (i: number): CSSProperties => ({
    left: cellAt(grid, i).x,
    top: cellAt(grid, i).y,
    width: cell.width,
    height: cell.height,
  });
  return (
    <fieldset className="fake-buttons" onKeyDown={move}>
      <legend className="visually-hidden">
        Generated images: press one to move the latent sliders to its latent; arrow keys go from one to the next
      </legend>
      {Array.from({ length: grid.count }, (_, i) => (
        <button
          // biome-ignore lint/suspicious/noArrayIndexKey: a fake is its number, whose latent is fixed
          key={i}
          type="button"
          className="fake-button"
          tabIndex={i === Math.min(focused, grid.count - 1) ? 0 : -1}
          aria-pressed={taken(i)}
          aria-label={`Take the latent of generated image ${i + 1}`}
          title="Take this image's latent"
          style={style(i)}
          onFocus={() => setFocused(i)}
          onClick={() => {
            const view = ARM[arm](playground().store.getState());
            if (view !== undefined) takeFake(view, imageAt(grid, i));
          }}
        />
      ))}
    </fieldset>
  );
}

/** Whether the sliders are at the latent of the i-th shown image, and its class is the one that is asked for. */
function useTaken(arm: ArmId, grid: ImageGrid): (i: number) => boolean {
  const label = usePlayground((state) => state.label);
  const classes = grid.left > 0;
  const place = useTakenLatent(arm, classes ? grid.stride : grid.count);
  return (i) => (classes ? i % grid.columns === place && Math.floor(i / grid.columns) === label : i === place);
}

/** Number of the stage's latent that the sliders are at; -1 when it is none of them. */
function useTakenLatent(arm: ArmId, count: number): number {
  const latent = usePlayground((state) => state.latent);
  const config = usePlayground((state) => ARM_CONFIG[arm](state));
  const { size, prior } = config.latent;
  const { seed } = config;
  const all = useMemo(() => stageLatents({ latent: { size, prior }, seed }, count), [size, prior, seed, count]);
  for (let i = 0; i < count; i++) {
    if (latent.length === size && latent.every((value, k) => value === all[i * size + k])) return i;
  }
  return -1;
}
