/** The plane that is looked at: what spans it, and where it lies. */
import { useEffect, useMemo } from "react";
import { create } from "zustand";
import { playground, usePlayground } from "../../../client/use-playground";
import { planeThrough, type SpannedPlane } from "../../../core/latent-space/walks";
import { useWay } from "../../latent/latent-store";
import { useDirections, watchDirections } from "../directions/directions-store";
import { useSpaceArm } from "../space-store";
import { useSetPins } from "./Pins";

export type Span = "directions" | "pins";

/** Which directions span it: places among those that were found. */
export const useAxes = create<{ readonly across: number; readonly up: number }>(() => ({ across: 0, up: 1 }));

/** The plane as it stands; null where what spans it is not there. Of directions it goes through the latent that was there first. */
export function usePlane(span: Span): SpannedPlane | null {
  const arm = useSpaceArm();
  const pins = useSetPins();
  const way = useWay();
  const chosen = useAxes();
  const directions = useDirections((state) => state.directions);
  const size = usePlayground((state) => state.latent.length);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a plane stays where it is while one moves on it
  const middle = useMemo(() => playground().store.getState().latent, [span, size]);
  useEffect(() => (span === "directions" ? watchDirections(arm) : undefined), [arm, span]);
  return useMemo(() => {
    if (span === "pins") {
      const [a, b, c] = pins.map(({ z }) => z);
      return a === undefined || b === undefined || c === undefined ? null : planeThrough(a, b, c, way);
    }
    const [across, up] = [directions[chosen.across]?.vector, directions[chosen.up]?.vector];
    if (across?.length !== size || up?.length !== size) return null;
    return { origin: middle, across, up, lengths: null };
  }, [span, pins, way, directions, chosen, size, middle]);
}
