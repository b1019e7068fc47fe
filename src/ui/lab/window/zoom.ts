/** Zooming the picture of the plane: for what is pressed, and for wheel, fingers and keys. */
import { playground } from "../../../client/use-playground";
import { isWhole, wholePlane, zoomedWindow } from "../../../core/plane-window";

/** Of a press on a button or a key. */
export const ZOOM_STEP = 1.5;

/**
 * Zooms with a place staying where it is seen; the whole picture is no window.
 * @param extent half the side of the whole picture, data units
 */
export function zoomAt(factor: number, place: { readonly x: number; readonly y: number }, extent: number): void {
  const { store, actions } = playground();
  const window = zoomedWindow(store.getState().window ?? wholePlane(extent), factor, place, extent);
  actions.setWindow(isWhole(window, extent) ? null : window);
}
