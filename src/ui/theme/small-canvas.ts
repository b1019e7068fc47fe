/** Small canvases of one size, drawn once: thumbnails. The stage's and the maps', which follow their box, are stage/Canvas.tsx. */

/** A canvas' context, empty, that draws in CSS pixels; null where there is none. @param size CSS pixels of each side */
export function smallCanvas(canvas: HTMLCanvasElement | null, size: number): CanvasRenderingContext2D | null {
  const context = canvas?.getContext("2d");
  if (!context) return null;
  const ratio = Math.min(2, window.devicePixelRatio || 1);
  context.canvas.width = size * ratio;
  context.canvas.height = size * ratio;
  context.scale(ratio, ratio);
  return context;
}
