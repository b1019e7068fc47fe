/** The course of a play: from a starting point on, step by step, at a pace. Keeps the way behind it. */
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { Point } from "../../core/game/field";
import { type Play, type Position, startAt, stepOf } from "../../core/game/steps";

/** Points of the way that are kept, the newest. */
const KEPT = 3_000;
/** A play that is farther off than this has left; nothing more is to be seen. */
const GONE = 50;
/** A page that slept does not catch up. */
const MOST_AT_ONCE = 200;

export interface Course {
  readonly steps: number;
  /** Where it was after each step, the last one where it is. */
  readonly way: readonly Point[];
  readonly playing: boolean;
  readonly gone: boolean;
}

export interface CourseActions {
  toggle(): void;
  step(): void;
  /** Back to a starting point, at rest or playing as it was. */
  start(point: Point): void;
}

interface Run {
  readonly position: Position;
  readonly steps: number;
  readonly way: readonly Point[];
}

const begin = (point: Point): Run => ({ position: startAt(point), steps: 0, way: [point] });
const farOff = ([theta, psi]: Point) => !(Math.hypot(theta, psi) < GONE);

/** @param pace steps a second */
export function useCourse(play: Play, from: Point, pace: number): readonly [Course, CourseActions] {
  const take = useMemo(() => stepOf(play), [play]);
  const [run, setRun] = useState(() => begin(from));
  const [playing, setPlaying] = useState(false);
  const gone = farOff(run.position.point);

  const advance = useCallback(
    (count: number) =>
      setRun((before) => {
        let { position, steps } = before;
        const way = [...before.way];
        for (let i = 0; i < count && !farOff(position.point); i++) {
          position = take(position);
          steps += 1;
          way.push(position.point);
        }
        return { position, steps, way: way.slice(-KEPT) };
      }),
    [take],
  );

  const due = useRef(0);
  useEffect(() => {
    if (!playing || gone) return;
    let last = performance.now();
    let frame = requestAnimationFrame(function tick(now) {
      due.current += ((now - last) * pace) / 1000;
      last = now;
      const count = Math.min(MOST_AT_ONCE, Math.floor(due.current));
      due.current -= Math.floor(due.current);
      if (count > 0) advance(count);
      frame = requestAnimationFrame(tick);
    });
    return () => cancelAnimationFrame(frame);
  }, [playing, gone, pace, advance]);

  const actions: CourseActions = {
    toggle: () => setPlaying(!playing),
    step() {
      setPlaying(false);
      advance(1);
    },
    start: (point) => setRun(begin(point)),
  };
  return [{ steps: run.steps, way: run.way, playing: playing && !gone, gone }, actions];
}
