/** Goes back to where the latent was, and forth again. Changes that follow each other closely, as a dragged slider makes, are one. */
import { create } from "zustand";
import { playground } from "../../client/use-playground";

interface Undo {
  readonly past: readonly Float32Array[];
  readonly future: readonly Float32Array[];
}

/** A hand that rests this long begins another change. */
const REST_MS = 500;
const MOST = 200;

export const useLatentUndo = create<Undo>(() => ({ past: [], future: [] }));

let last = Number.NEGATIVE_INFINITY;
/** Undo or redo is moving the latent. */
let going = false;

/** Remembers every change from now on. @returns how to stop; what was remembered stays */
export function watchLatent(): () => void {
  return playground().store.subscribe(({ latent }, { latent: before }) => {
    if (latent === before || going) return;
    const now = performance.now();
    const another = now - last > REST_MS;
    last = now;
    if (latent.length !== before.length) useLatentUndo.setState({ past: [], future: [] });
    else if (another) useLatentUndo.setState(({ past }) => ({ past: [...past.slice(1 - MOST), before], future: [] }));
    else useLatentUndo.setState({ future: [] });
  });
}

/** What comes next is a change of its own, however soon after the last one. */
export function beginChange(): void {
  last = Number.NEGATIVE_INFINITY;
}

export function undoLatent(): void {
  const { past, future } = useLatentUndo.getState();
  const to = past.at(-1);
  if (to === undefined) return;
  useLatentUndo.setState({ past: past.slice(0, -1), future: [playground().store.getState().latent, ...future] });
  go(to);
}

export function redoLatent(): void {
  const { past, future } = useLatentUndo.getState();
  const [to, ...rest] = future;
  if (to === undefined) return;
  useLatentUndo.setState({ past: [...past, playground().store.getState().latent], future: rest });
  go(to);
}

function go(to: Float32Array): void {
  going = true;
  playground().actions.setLatent(to);
  going = false;
  beginChange();
}
