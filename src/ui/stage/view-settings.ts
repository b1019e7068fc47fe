/** How the stage draws what it draws, as the person likes it; remembered. Not what is trained. */
import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";
import { browserPage } from "../../client/page";
import type { HeatMode } from "./heat-scale";

/** What lies behind the samples on the 2-D stage: D, the best D against these densities, how far D is from it, or how far its ratio is. */
export type MapId = "d" | "best" | "difference" | "ratio";

export interface ViewSettings {
  /** The scale of D's map on the 2-D stage. */
  readonly heat: HeatMode;
  /** Chosen in the lab, and only as long as the page is there. */
  readonly map: MapId;
}

const page = browserPage();
const HEAT_KEY = "heat-scale";

const store = createStore<ViewSettings>(() => ({
  heat: page.read(HEAT_KEY) === "whole" ? "whole" : "contrast",
  map: "d",
}));

export function useViewSettings<T>(selector: (state: ViewSettings) => T): T {
  return useStore(store, selector);
}

export const setMap = (map: MapId): void => store.setState({ map });

export function setHeatMode(heat: HeatMode): void {
  store.setState({ heat });
  page.write(HEAT_KEY, heat);
}
