/** What pictures show of the networks: averaged weights, layers, probes, a class, how far; told to the worker when it changes. */
import { dequal } from "dequal/lite";
import type { StoreApi } from "zustand/vanilla";
import { type ArmConfig, findArm } from "../core/arms";
import { viewsOf } from "../core/stage-layers";
import type { Command } from "../worker/protocol";
import { isComparing } from "./selectors";
import { withLayer } from "./state-parts";
import type { PlaygroundActions, PlaygroundState } from "./store";

type ViewCommand = Extract<Command, { readonly type: "view" }>;

export interface PictureViewOptions {
  readonly store: StoreApi<PlaygroundState>;
  order(command: ViewCommand): Promise<unknown>;
  /** Asks what the latent panel shows again. */
  ask(): void;
}

export interface PictureView {
  /** Tells the worker what pictures are to show, if that is something else than they show. */
  tell(): Promise<unknown>;
  readonly actions: Pick<
    PlaygroundActions,
    "setLabel" | "setAveraged" | "setLayer" | "setZoomed" | "setWindow" | "setProbe"
  >;
}

export function createPictureView({ store, order, ask }: PictureViewOptions): PictureView {
  /** What the worker was told last; as it begins by itself. */
  let told: Omit<ViewCommand, "type"> = {
    averaged: true,
    views: [],
    zoomed: false,
    window: null,
    label: 0,
    probes: [],
  };
  /** The worker was asked for another part of the plane and has not answered yet. */
  let looking = false;

  function tell(): Promise<unknown> {
    const state = store.getState();
    const { averaged, layers, zoomed, window, label, probes } = state;
    // The plot of the losses needs their fakes' logits as well.
    const shown = isComparing(state) ? withLayer(layers, "pulls", true) : layers;
    const wanted = { averaged, views: viewsOf(shown), zoomed, window, label, probes };
    if (dequal(told, wanted)) return Promise.resolve();
    told = wanted;
    return order({ type: "view", ...told });
  }

  /** One question at a time: whoever drags asks for more parts than can be drawn, and wants the last one. */
  async function look(): Promise<void> {
    if (looking) return;
    looking = true;
    try {
      while (!dequal(told.window, store.getState().window)) await tell();
    } finally {
      looking = false;
    }
  }

  // Other data are elsewhere: they are shown whole. Whoever changes the experiment tells the worker.
  store.subscribe((state, before) => {
    if (state.window === null || state.experiment === before.experiment) return;
    const other = ({ id, config }: ArmConfig) =>
      (findArm(before.experiment, id)?.config.dataset ?? config.dataset) !== config.dataset;
    if (state.experiment.arms.some(other)) store.setState({ window: null });
  });

  return {
    tell,
    actions: {
      setLabel(label) {
        store.setState({ label });
        void tell().then(() => ask());
      },
      setAveraged(averaged) {
        store.setState({ averaged });
        void tell().then(() => ask());
      },
      setLayer(id, shown) {
        store.setState(({ layers }) => ({ layers: withLayer(layers, id, shown) }));
        void tell();
      },
      setZoomed(zoomed) {
        store.setState({ zoomed, window: null });
        void tell();
      },
      setWindow(window) {
        store.setState({ window });
        void look();
      },
      setProbe(id, open) {
        const others = store.getState().probes.filter((other) => other !== id);
        store.setState({ probes: open ? [...others, id] : others });
        void tell();
      },
    },
  };
}
