/** How the stage draws what it draws, as the person likes it; remembered. Not what is trained. */
import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";
import { browserPage } from "../../client/page";
import type { HeatMode } from "./heat-scale";

export interface ViewSettings {
  /** The scale of D's map on the 2-D stage. */
  readonly heat: HeatMode;
}

const page = browserPage();
const HEAT_KEY = "heat-scale";

const store = createStore<ViewSettings>(() => ({ heat: page.read(HEAT_KEY) === "whole" ? "whole" : "contrast" }));

export function useViewSettings<T>(selector: (state: ViewSettings) => T): T {
  return useStore(store, selector);
}

export function setHeatMode(heat: HeatMode): void {
  store.setState({ heat });
  page.write(HEAT_KEY, heat);
}
