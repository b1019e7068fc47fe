/** Buttons that zoom the picture of the plane and show all of it again, and how near it is. For those who have no wheel as well. */
import { IconMaximize, IconZoomIn, IconZoomOut } from "@tabler/icons-react";
import type { PlaygroundState } from "../../../client/store";
import { useActions, usePlayground } from "../../../client/use-playground";
import { wholePlane } from "../../../core/plane-window";
import { ZOOM_STEP, zoomAt } from "./zoom";
import "./window.css";

export function WindowTools() {
  const extent = usePlayground(extentOf);
  const window = usePlayground((state) => state.window);
  const { setWindow } = useActions();
  if (extent === null) return null;
  const shown = window ?? wholePlane(extent);
  const zoom = (factor: number) => zoomAt(factor, shown, extent);
  return (
    <fieldset className="lab-window">
      <legend className="visually-hidden">Part of the plane that is shown</legend>
      <button type="button" aria-label="Zoom out" title="Zoom out (−)" onClick={() => zoom(1 / ZOOM_STEP)}>
        <IconZoomOut size={15} aria-hidden="true" />
      </button>
      <output className="number" aria-label="Zoom">
        {`${(extent / shown.half).toFixed(1)}×`}
      </output>
      <button
        type="button"
        aria-label="Zoom in"
        title="Zoom in (+), also by a pinch, or the wheel: with Ctrl where it scrolls the page"
        onClick={() => zoom(ZOOM_STEP)}
      >
        <IconZoomIn size={15} aria-hidden="true" />
      </button>
      <button
        type="button"
        aria-label="Fit"
        title="The whole picture (0). Drag to move it, or lead the crosshair over its edge"
        aria-disabled={window === null}
        onClick={() => setWindow(null)}
      >
        <IconMaximize size={15} aria-hidden="true" />
      </button>
    </fieldset>
  );
}

/** Half the side of the first picture of the plane; null where no arm has one. */
function extentOf({ arms }: PlaygroundState): number | null {
  for (const { stage } of arms) if (stage?.frame.kind === "plane") return stage.frame.extent;
  return null;
}
