/** How the page's frame stands: which place a phone shows, which side panels are folded, whether it presents. No layout. */
import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";
import { browserPage } from "../../client/page";

/** The places of the page, in the order of the phone's bar and of the number keys. */
export const PLACES = [
  { id: "stage", name: "Stage" },
  { id: "latent", name: "Latent" },
  { id: "charts", name: "Charts" },
  { id: "experiment", name: "Experiment" },
] as const;
export type Place = (typeof PLACES)[number]["id"];

/** Side panels that fold away where there is room for several. */
export type SidePanel = "experiment" | "charts";

export interface FrameState {
  /** The place that a phone shows; wider screens show all. */
  readonly place: Place;
  readonly folded: Readonly<Record<SidePanel, boolean>>;
  /** Large type, side panels away, full screen where the browser allows it. */
  readonly presenting: boolean;
  /** Whether single letters act; people who dictate or touch keys by accident switch them off (WCAG 2.1.4). */
  readonly singleKeys: boolean;
}

const page = browserPage();
const FOLDED_KEY = "folded";
const SINGLE_KEYS_KEY = "single-keys";

const store = createStore<FrameState>(() => {
  const kept = (page.read(FOLDED_KEY) ?? "").split(",");
  return {
    place: "stage",
    folded: { experiment: kept.includes("experiment"), charts: kept.includes("charts") },
    presenting: false,
    singleKeys: page.read(SINGLE_KEYS_KEY) !== "off",
  };
});

/** A part of the frame's state. */
export function useFrame<T>(selector: (state: FrameState) => T): T {
  return useStore(store, selector);
}

/** The frame's state at this moment, for handlers. */
export const frameState = (): FrameState => store.getState();

/** Shows a place on a phone, unfolds its panel elsewhere, and moves the focus there. */
export function goTo(place: Place): void {
  if (place === "experiment" || place === "charts") fold(place, false);
  const changed = store.getState().place !== place;
  store.setState({ place });
  requestAnimationFrame(() => {
    if (changed) window.scrollTo(0, 0); // a phone's places share one scroll position
    document.getElementById(place)?.focus({ preventScroll: changed });
  });
}

/** Folds a side panel to a strip, or unfolds it; remembered, unless it is the presentation's doing. */
export function fold(panel: SidePanel, folded: boolean): void {
  const next = { ...store.getState().folded, [panel]: folded };
  store.setState({ folded: next });
  if (store.getState().presenting) return;
  page.write(FOLDED_KEY, (["experiment", "charts"] as const).filter((name) => next[name]).join(","));
}

/** Panels as they were before presenting. */
let before: FrameState["folded"] | null = null;

/** Begins or ends presenting. Full screen is asked for, and done without where it is refused. */
export function present(presenting: boolean): void {
  if (presenting === store.getState().presenting) return;
  if (presenting) {
    before = store.getState().folded;
    store.setState({ presenting, folded: { experiment: true, charts: true } });
    void document.documentElement.requestFullscreen?.().catch(() => undefined);
  } else {
    store.setState({ presenting, folded: before ?? store.getState().folded });
    if (document.fullscreenElement !== null) void document.exitFullscreen().catch(() => undefined);
  }
}

/** Escape leaves full screen by the browser's own doing: then the presentation is over. Returns how to stop listening. */
export function followFullScreen(): () => void {
  const ended = () => document.fullscreenElement === null && present(false);
  document.addEventListener("fullscreenchange", ended);
  return () => document.removeEventListener("fullscreenchange", ended);
}

export function setSingleKeys(singleKeys: boolean): void {
  store.setState({ singleKeys });
  page.write(SINGLE_KEYS_KEY, singleKeys ? "on" : "off");
}
