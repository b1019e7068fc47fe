/** The ground of the latent pad: where G sends each z, or what D says of it, or the images themselves. Keeps it painted; asks nothing. */
import { useCallback, useMemo } from "react";
import type { LatentState } from "../../client/latents/latent-state";
import { playground } from "../../client/use-playground";
import type { ArmId } from "../../core/arms";
import { Canvas, type Paint } from "../stage/Canvas";
import { useRoleColors } from "../theme/use-role-colors";
import { paintMap } from "./paint-map";
import type { MapScheme } from "./position-color";

interface Props {
  readonly arm: ArmId;
  readonly scheme: MapScheme;
}

export function MapCanvas({ arm, scheme }: Props) {
  const colors = useRoleColors();
  const subscribe = useMemo(
    () =>
      subscribeTo(
        (state) => state.map,
        (state) => state.tint,
      ),
    [],
  );
  const paint = useCallback<Paint>(
    (context, width, height) => {
      const { store, latents } = playground();
      paintMap(context, { width, height }, latents.store.getState(), store.getState(), arm, colors, scheme);
    },
    [arm, colors, scheme],
  );
  return <Canvas label="Map of latent space" subscribe={subscribe} paint={paint} className="latent-map" />;
}

/** Calls the listener when one of these parts of the latent state changes. */
function subscribeTo(...parts: readonly ((state: LatentState) => unknown)[]) {
  return (listener: () => void) =>
    playground().latents.store.subscribe((state, before) => {
      if (parts.some((part) => part(state) !== part(before))) listener();
    });
}
