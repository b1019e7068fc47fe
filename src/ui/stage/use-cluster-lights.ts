/** The lights of one arm's clusters for a canvas: repaints while one is being celebrated. */
import { useReducedMotion } from "@mantine/hooks";
import { useEffect, useMemo } from "react";
import type { ArmView } from "../../client/store";
import { type ClusterLight, ClusterLights } from "./cluster-lights";
import type { Source } from "./live";

export interface LitSource {
  lights(view: ArmView | undefined): readonly ClusterLight[] | null;
  subscribe: Source<unknown>["subscribe"];
}

/** @param source the arm; what it is subscribed to is told of celebrations too */
export function useClusterLights(source: Source<ArmView | undefined>): LitSource {
  const still = useReducedMotion();
  const lit = useMemo(() => animated(source, still), [source, still]);
  useEffect(() => lit.stop, [lit]);
  return lit;
}

function animated(source: Source<ArmView | undefined>, still: boolean): LitSource & { readonly stop: () => void } {
  const state = new ClusterLights();
  const listeners = new Set<() => void>();
  let frame = 0;
  const again = () => {
    frame = 0;
    for (const listener of listeners) listener();
  };
  return {
    lights(view) {
      const lights = state.look(view, performance.now(), still);
      if (frame === 0 && lights?.some(({ age }) => age < 1)) frame = requestAnimationFrame(again);
      return lights;
    },
    subscribe(listener) {
      listeners.add(listener);
      const stop = source.subscribe(listener);
      return () => {
        listeners.delete(listener);
        stop();
      };
    },
    stop() {
      cancelAnimationFrame(frame);
      frame = 0;
    },
  };
}
