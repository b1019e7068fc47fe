/** The sheet with the view of latent space. */
import { lazy, Suspense } from "react";
import { Part } from "../feedback/Part";
import { Sheet } from "../frame/Sheet";
import { closeSpace, useSpaceSheet } from "./space-sheet";

const LatentSpace = lazy(() => import("./LatentSpace"));

export function SpaceSheet() {
  const open = useSpaceSheet((state) => state.open);
  return (
    <Sheet title="Latent space" size="full" open={open} onClose={closeSpace}>
      <Part name="The view of latent space">
        <Suspense fallback={null}>
          <LatentSpace />
        </Suspense>
      </Part>
    </Sheet>
  );
}
