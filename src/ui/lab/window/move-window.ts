/**
 * Zooms and moves the picture of the plane by wheel, pinch, drag and keys. Listens on the layer that is pointed at, before it: a drag is
 * no press on a fake. What can be pressed for the same is WindowTools.
 */
import { playground } from "../../../client/use-playground";
import { movedWindow, type PlaneWindow, wholePlane } from "../../../core/plane-window";
import type { Rect } from "../../stage/axes";
import { ZOOM_STEP, zoomAt } from "./zoom";

/** A wheel that turns by so many pixels zooms to twice or half; a pinch of a trackpad tells less of them. */
const WHEEL_DOUBLES = 360;
const PINCH_DOUBLES = 90;
/** Of a pinch at a time: a wheel that is turned with Ctrl looks like one, and tells far more. */
const PINCH_MOST = 25;
/** Of a wheel that tells lines or pages. */
const LINE_PIXELS = 16;
const PAGE_PIXELS = 320;
/** Nearer than this to where it was pressed, CSS pixels, a press is no drag. */
const DRAG_FROM = 5;

export interface WindowPlace {
  /** Half the side of the whole picture, data units. */
  readonly extent: number;
  /** Where the plot lies in a layer of width × height CSS pixels. */
  readonly rectOf: (width: number, height: number) => Rect;
}

/** @returns how to stop */
export function moveWindow(element: HTMLElement, { extent, rectOf }: WindowPlace): () => void {
  const { store, actions } = playground();
  const shown = () => store.getState().window ?? wholePlane(extent);
  const rect = () => rectOf(element.clientWidth, element.clientHeight);
  /** The place under a pixel, inside the plot or not. */
  const placeOf = (
    { clientX, clientY }: { readonly clientX: number; readonly clientY: number },
    window: PlaneWindow,
  ) => {
    const box = element.getBoundingClientRect();
    const { left, top, width, height } = rect();
    return {
      x: window.x + window.half * ((2 * (clientX - box.left - left)) / width - 1),
      y: window.y - window.half * ((2 * (clientY - box.top - top)) / height - 1),
    };
  };

  const wheel = (event: WheelEvent) => {
    const pinch = event.ctrlKey || event.metaKey;
    // What the wheel scrolls, the page or a column of it, goes on being scrolled until somebody has zoomed.
    if (!pinch && store.getState().window === null && scrolls(element)) return;
    event.preventDefault();
    const unit = event.deltaMode === 0 ? 1 : event.deltaMode === 1 ? LINE_PIXELS : PAGE_PIXELS;
    const turned = -event.deltaY * unit;
    const pinched = Math.min(PINCH_MOST, Math.max(-PINCH_MOST, turned));
    const factor = 2 ** (pinch ? pinched / PINCH_DOUBLES : turned / WHEEL_DOUBLES);
    zoomAt(factor, placeOf(event, shown()), extent);
  };

  /** Fingers and the mouse's button that are down, where they are. */
  const down = new Map<number, PointerEvent>();
  let pressed: PointerEvent | null = null;
  let dragging = false;
  const press = (event: PointerEvent) => {
    if (event.button !== 0) return;
    if (event.isPrimary) {
      down.clear();
      dragging = false;
      pressed = event;
    }
    down.set(event.pointerId, event);
  };
  const moved = (event: PointerEvent) => {
    const before = down.get(event.pointerId);
    if (before === undefined) return;
    const far =
      Math.hypot(event.clientX - (pressed?.clientX ?? 0), event.clientY - (pressed?.clientY ?? 0)) > DRAG_FROM;
    // One finger scrolls the page until somebody has zoomed.
    const free = event.pointerType === "mouse" || store.getState().window !== null || down.size > 1;
    if (!free || !(dragging || far || down.size > 1)) return;
    if (!dragging) for (const id of down.keys()) element.setPointerCapture(id);
    dragging = true;
    event.stopPropagation();
    const [other] = [...down.values()].filter(({ pointerId }) => pointerId !== event.pointerId);
    down.set(event.pointerId, event);
    if (other === undefined) drag(before, event);
    else pinch(before, event, other);
  };
  const drag = (from: PointerEvent, to: PointerEvent) => {
    const window = shown();
    const [start, end] = [placeOf(from, window), placeOf(to, window)];
    actions.setWindow(movedWindow(window, start.x - end.x, start.y - end.y, extent));
  };
  const pinch = (from: PointerEvent, to: PointerEvent, other: PointerEvent) => {
    const apart = (one: PointerEvent) => Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY);
    const between = (one: PointerEvent) => ({
      clientX: (one.clientX + other.clientX) / 2,
      clientY: (one.clientY + other.clientY) / 2,
    });
    const window = shown();
    const [start, end] = [placeOf(between(from), window), placeOf(between(to), window)];
    actions.setWindow(movedWindow(window, start.x - end.x, start.y - end.y, extent));
    if (apart(from) > 0) zoomAt(apart(to) / apart(from), placeOf(between(to), shown()), extent);
  };
  const lift = (event: PointerEvent) => {
    down.delete(event.pointerId);
    if (down.size === 0) pressed = null;
  };
  const click = (event: MouseEvent) => {
    if (dragging) event.stopPropagation();
    dragging = false;
  };

  const key = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return; // the browser's own zoom
    const { key } = event;
    if (key === "0") actions.setWindow(null);
    else if (key === "+" || key === "=" || key === "-") {
      const at = playground().latents.store.getState().pointer?.x;
      const place = at === undefined || at.length !== 2 ? shown() : { x: at[0] ?? 0, y: at[1] ?? 0 };
      zoomAt(key === "-" ? 1 / ZOOM_STEP : ZOOM_STEP, place, extent);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };

  const abort = new AbortController();
  const { signal } = abort;
  element.addEventListener("wheel", wheel, { passive: false, signal });
  element.addEventListener("pointerdown", press, { signal });
  element.addEventListener("pointermove", moved, { signal });
  element.addEventListener("pointerup", lift, { signal });
  element.addEventListener("pointercancel", lift, { signal });
  element.addEventListener("click", click, { capture: true, signal });
  element.addEventListener("keydown", key, { signal });
  return () => abort.abort();
}

/** Whether the page, or a part of it around an element, is longer than the room that it has. */
function scrolls(element: Element): boolean {
  for (let box: Element | null = element.parentElement; box !== null; box = box.parentElement) {
    const page = box === document.documentElement;
    if (box.scrollHeight > box.clientHeight + 1 && (page || SCROLLING.has(getComputedStyle(box).overflowY)))
      return true;
  }
  return false;
}

const SCROLLING: ReadonlySet<string> = new Set(["auto", "scroll"]);
