/** What pictures show of the networks: averaged weights, layers, probes, a class, how far; told to the worker when it changes. */
import { dequal } from "dequal/lite";
import type { StoreApi } from "zustand/vanilla";
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
  readonly actions: Pick<PlaygroundActions, "setLabel" | "setAveraged" | "setLayer" | "setZoomed" | "setProbe">;
}

export function createPictureView({ store, order, ask }: PictureViewOptions): PictureView {
  /** What the worker was told last; as it begins by itself. */
  let told: Omit<ViewCommand, "type"> = { averaged: true, views: [], zoomed: false, label: 0, probes: [] };

  function tell(): Promise<unknown> {
    const state = store.getState();
    const { averaged, layers, zoomed, label, probes } = state;
    // The plot of the losses needs their fakes' logits as well.
    const shown = isComparing(state) ? withLayer(layers, "pulls", true) : layers;
    const wanted = { averaged, views: viewsOf(shown), zoomed, label, probes };
    if (dequal(told, wanted)) return Promise.resolve();
    told = wanted;
    return order({ type: "view", ...told });
  }

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
        store.setState({ zoomed });
        void tell();
      },
      setProbe(id, open) {
        const others = store.getState().probes.filter((other) => other !== id);
        store.setState({ probes: open ? [...others, id] : others });
        void tell();
      },
    },
  };
}
