/** The part of the plane that a picture shows: a square, which is zoomed and moved. Arithmetic in data units; no drawing. */

export interface PlaneWindow {
  /** Its middle. */
  readonly x: number;
  readonly y: number;
  /** Half its side. */
  readonly half: number;
}

/** The picture as it is before anybody zooms: [-extent, extent]². */
export const wholePlane = (extent: number): PlaneWindow => ({ x: 0, y: 0, half: extent });

/** So many times nearer than the whole picture at most: nearer than that there is nothing more to see of 1,000 points. */
const NEAREST = 32;
/** Half the side at most, as a multiple of the whole picture's: fakes that left it are still found. */
const FARTHEST = 4;

/** A window that can be shown: neither too near nor too far, its middle within the whole picture. */
function fitting({ x, y, half }: PlaneWindow, extent: number): PlaneWindow {
  const within = (value: number) => Math.min(extent, Math.max(-extent, value));
  return {
    x: within(x),
    y: within(y),
    half: Math.min(FARTHEST * extent, Math.max(extent / NEAREST, half)),
  };
}

/**
 * Nearer (factor above 1) or farther, with the point `at` staying where it is seen.
 * @param extent half the side of the whole picture
 */
export function zoomedWindow(
  window: PlaneWindow,
  factor: number,
  at: { readonly x: number; readonly y: number },
  extent: number,
): PlaneWindow {
  const { half } = fitting({ ...window, half: window.half / factor }, extent);
  const share = half / window.half;
  return fitting({ x: at.x + (window.x - at.x) * share, y: at.y + (window.y - at.y) * share, half }, extent);
}

/** The window moved by a distance, as far as its middle stays within the whole picture. */
export const movedWindow = (window: PlaneWindow, dx: number, dy: number, extent: number): PlaneWindow =>
  fitting({ ...window, x: window.x + dx, y: window.y + dy }, extent);

/** Moved just so far that a point is in it, where that can be. */
export function windowWith(window: PlaneWindow, x: number, y: number, extent: number): PlaneWindow {
  const beyond = (value: number, middle: number) =>
    Math.max(0, value - middle - window.half) + Math.min(0, value - middle + window.half);
  return movedWindow(window, beyond(x, window.x), beyond(y, window.y), extent);
}

/** Whether this is the whole picture, but for rounding. */
export function isWhole({ x, y, half }: PlaneWindow, extent: number): boolean {
  return Math.max(Math.abs(x), Math.abs(y), Math.abs(half - extent)) < 1e-6 * extent;
}
