/** A canvas that repaints itself: on a change of its source, its size, the screen's pixel ratio or what it draws. No drawing here. */
import { type RefObject, useEffect, useRef } from "react";

/** Draws onto a cleared canvas; sizes are CSS pixels, the context is already scaled to the screen's pixels. */
export type Paint = (context: CanvasRenderingContext2D, width: number, height: number) => void;

export interface CanvasProps {
  /** Accessible name. */
  readonly label: string;
  /** Id of the element that tells in words what is drawn. */
  readonly describedBy?: string;
  /** Tells when to repaint; must be stable. */
  readonly subscribe: (listener: () => void) => () => void;
  /** Reads what it needs by itself; a new function repaints. */
  readonly paint: Paint;
  readonly className?: string;
}

/** Fills its positioned parent. Paints at most once per animation frame, and not at all while the page is hidden. */
export function Canvas({ label, describedBy, subscribe, paint, className }: CanvasProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const painter = useRef(paint);
  const repaint = useRef<() => void>(() => {});
  useEffect(() => {
    painter.current = paint;
    repaint.current();
  }, [paint]);
  useEffect(() => keepPainted(canvas, painter, repaint, subscribe), [subscribe]);
  return (
    <canvas
      ref={canvas}
      role="img"
      aria-label={label}
      {...(describedBy === undefined ? {} : { "aria-describedby": describedBy })}
      className={className === undefined ? "canvas-fill" : `canvas-fill ${className}`}
    />
  );
}

function keepPainted(
  canvasRef: RefObject<HTMLCanvasElement | null>,
  painter: RefObject<Paint>,
  repaint: RefObject<() => void>,
  subscribe: CanvasProps["subscribe"],
): (() => void) | undefined {
  const canvas = canvasRef.current;
  const context = canvas?.getContext("2d");
  if (!canvas || !context) return undefined;
  let frame = 0;
  const draw = () => {
    frame = 0;
    const { clientWidth: width, clientHeight: height } = canvas;
    if (width === 0 || height === 0) return;
    const ratio = window.devicePixelRatio || 1;
    const pixels = { width: Math.round(width * ratio), height: Math.round(height * ratio) };
    if (canvas.width !== pixels.width || canvas.height !== pixels.height) Object.assign(canvas, pixels);
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, width, height);
    painter.current(context, width, height);
  };
  const schedule = () => {
    if (frame === 0) frame = requestAnimationFrame(draw);
  };
  repaint.current = schedule;
  // A change of the pixel ratio (zoom, another screen) changes the CSS size as well, or fires window's resize.
  const observer = new ResizeObserver(schedule);
  observer.observe(canvas);
  window.addEventListener("resize", schedule);
  const stop = subscribe(schedule);
  schedule();
  return () => {
    stop();
    observer.disconnect();
    window.removeEventListener("resize", schedule);
    cancelAnimationFrame(frame);
    repaint.current = () => {};
  };
}
