/** The sheet with the view of latent space. */
import { lazy } from "react";
import { Sheet } from "../frame/Sheet";
import { closeSpace, useSpaceSheet } from "./space-sheet";

const LatentSpace = lazy(() => import("./LatentSpace"));

export function SpaceSheet() {
  const open = useSpaceSheet((state) => state.open);
  return (
    <Sheet title="Latent space" part="The view of latent space" size="full" open={open} onClose={closeSpace}>
      <LatentSpace />
    </Sheet>
  );
}
