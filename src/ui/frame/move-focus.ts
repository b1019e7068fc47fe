/** Arrow keys among things in rows that wrap: left and right to the neighbours, up and down to the nearest of the next row; Home, End. */
import type { KeyboardEvent } from "react";

/** Moves the focus on an arrow key, when it is on one of the things that the selector finds. */
export function moveFocus(event: KeyboardEvent<HTMLElement>, selector: string): void {
  const things = [...event.currentTarget.querySelectorAll<HTMLElement>(selector)];
  const at = things.findIndex((thing) => thing.matches(":focus"));
  const here = things[at];
  if (here === undefined) return;
  const goal = goalOf(event.key, things, at, here);
  if (goal === null) return;
  event.preventDefault();
  goal?.focus();
}

/** Null for other keys; undefined where there is nothing in that direction. */
function goalOf(
  key: string,
  things: readonly HTMLElement[],
  at: number,
  here: HTMLElement,
): HTMLElement | null | undefined {
  if (key === "ArrowRight") return things[at + 1];
  if (key === "ArrowLeft") return things[at - 1];
  if (key === "Home") return things[0];
  if (key === "End") return things.at(-1);
  if (key !== "ArrowDown" && key !== "ArrowUp") return null;
  const from = here.getBoundingClientRect();
  const sign = key === "ArrowDown" ? 1 : -1;
  const beyond = things
    .map((thing) => ({ thing, place: thing.getBoundingClientRect() }))
    .filter(({ place }) => sign * (place.top - from.top) > 1);
  const nearest = Math.min(...beyond.map(({ place }) => sign * (place.top - from.top)));
  return beyond
    .filter(({ place }) => sign * (place.top - from.top) < nearest + 2)
    .sort((a, b) => Math.abs(a.place.left - from.left) - Math.abs(b.place.left - from.left))[0]?.thing;
}
