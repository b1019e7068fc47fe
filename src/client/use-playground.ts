/** React's view of the one playground of the page. Hooks only. */
import { useStore } from "zustand";
import type { LatentActions, LatentState } from "./latents/latent-state";
import { createPlayground, type Playground } from "./playground";
import type { PlaygroundActions, PlaygroundState } from "./store";

let current: Playground | null = null;

/** The page's playground; made, with its worker, when it is first asked for. */
export function playground(): Playground {
  current ??= createPlayground();
  return current;
}

/**
 * A part of the state; the component renders again when that part is another value. A selector must return something
 * that stays the same while nothing changed (a field, not a fresh object).
 */
export function usePlayground<T>(selector: (state: PlaygroundState) => T): T {
  return useStore(playground().store, selector);
}

/** What the page can do. The same object for ever. */
export function useActions(): PlaygroundActions {
  return playground().actions;
}

/** A part of what is known of latent space: pins, walk, map, pointer. The selector as for usePlayground. */
export function useLatents<T>(selector: (state: LatentState) => T): T {
  return useStore(playground().latents.store, selector);
}

/** What can be done in latent space. The same object for ever. */
export function useLatentActions(): LatentActions {
  return playground().latents.actions;
}
