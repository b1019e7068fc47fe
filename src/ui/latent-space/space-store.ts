/** What the view of latent space shows: which tab, of which arm. Kept while the page is open. */
import { create } from "zustand";
import { firstConfig } from "../../client/selectors";
import { playground, usePlayground } from "../../client/use-playground";
import type { ArmId } from "../../core/arms";
import type { ExperimentConfig } from "../../core/config";
import { ARM, useArmIds } from "../stage/live";
import { beginChange } from "./latent-undo";

export const SPACE_TABS = [
  { id: "directions", name: "Directions" },
  { id: "explore", name: "Explore" },
  { id: "find", name: "Find" },
  { id: "memorised", name: "Memorised?" },
  { id: "game", name: "Real or fake?" },
] as const;
export type SpaceTab = (typeof SPACE_TABS)[number]["id"];

interface SpaceState {
  readonly tab: SpaceTab;
  readonly arm: ArmId;
}

export const useSpace = create<SpaceState>(() => ({ tab: "directions", arm: "a" }));

/** The arm that is looked at: the chosen one while it is there. */
export function useSpaceArm(): ArmId {
  const chosen = useSpace((state) => state.arm);
  const arms = useArmIds();
  return arms.includes(chosen) ? chosen : (arms[0] ?? "a");
}

/** What that arm runs. */
export function useSpaceConfig(): ExperimentConfig {
  const arm = useSpaceArm();
  return usePlayground((state) => ARM[arm](state)?.config ?? firstConfig(state));
}

/** Puts the sliders' point somewhere else, at once: a change of its own to undo. */
export function setLatent(z: ArrayLike<number>): void {
  beginChange();
  slideLatent(z);
  beginChange();
}

/** Moves the sliders' point a little, as one of many moves that are one change. */
export const slideLatent = (z: ArrayLike<number>): void => playground().actions.setLatent(Float32Array.from(z));
