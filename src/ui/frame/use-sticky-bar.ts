/** Tells style sheets how much of the screen's top the bar covers while the page scrolls: --bar-bottom, in pixels. */
import { type RefObject, useEffect } from "react";

/** @param bar the top bar; on a phone it dissolves, and only the part of it with the run's buttons stays */
export function useStickyBar(bar: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const header = bar.current;
    if (header === null) return;
    const parts = [header, ...header.children].filter((part) => part instanceof HTMLElement);
    const measure = () => {
      // A bar that has dissolved has a position, but no box.
      const sticky = parts.find((part) => part.offsetHeight > 0 && getComputedStyle(part).position === "sticky");
      document.documentElement.style.setProperty("--bar-bottom", `${sticky?.offsetHeight ?? 0}px`);
    };
    const observer = new ResizeObserver(measure);
    for (const part of parts) observer.observe(part);
    return () => observer.disconnect();
  }, [bar]);
}
