/** How often the worker does what is not training: clocks for events and views. Numbers of milliseconds in, decisions out. */

/** Allows something at most once in `interval` ms. */
export class Throttle {
  #last = Number.NEGATIVE_INFINITY;
  constructor(readonly interval: number) {}

  due(now: number): boolean {
    return now - this.#last >= this.interval;
  }

  done(now: number): void {
    this.#last = now;
  }
}

/**
 * Repeats something whose cost is only known once it was done, so that it takes about `share` of the time: the pause
 * after one that cost c is c · (1/share - 1), within bounds.
 */
export class CostAware {
  #next = Number.NEGATIVE_INFINITY;
  constructor(
    readonly share: number,
    readonly shortest: number, // ms between the starts of two
    readonly longest: number, // ms between the end of one and the start of the next
  ) {}

  due(now: number): boolean {
    return now >= this.#next;
  }

  /** @param most ms between the starts of this one and the next, where the cost allows it: less than `shortest` hastens */
  done(started: number, ended: number, most = this.shortest): void {
    const cost = ended - started;
    const apart = Math.min(this.shortest, most);
    this.#next = ended + Math.min(this.longest, Math.max(apart - cost, cost * (1 / this.share - 1)));
  }

  /** Not before `delay` ms from now. */
  defer(now: number, delay: number): void {
    this.#next = now + delay;
  }
}

/** Rarer the older what it is of: often at the start, when everything changes, and every so often in the long run. */
export class Aging {
  #began: number | null = null;
  /** @param oldest ms: the longest interval; @param share of the age that an interval is */
  constructor(
    readonly share: number,
    readonly youngest: number,
    readonly oldest: number,
  ) {}

  /** What comes next is young again. */
  renew(): void {
    this.#began = null;
  }

  /** Milliseconds from one to the next, at this age; it is born by the first call. */
  interval(now: number): number {
    this.#began ??= now;
    return Math.min(this.oldest, Math.max(this.youngest, this.share * (now - this.#began)));
  }
}

/** Training steps per second over about the last second. */
export class SpeedMeter {
  #marks: { readonly time: number; readonly steps: number }[] = [];

  /** `steps` more were done by `now`. */
  count(now: number, steps: number): void {
    this.#marks.push({ time: now, steps: (this.#marks.at(-1)?.steps ?? 0) + steps });
    // Two marks always stay, so that steps longer than a second are measured too.
    while (this.#marks.length > 2 && now - (this.#marks[1]?.time ?? now) >= 1000) this.#marks.shift();
  }

  get stepsPerSecond(): number {
    const first = this.#marks[0];
    const last = this.#marks.at(-1);
    if (first === undefined || last === undefined || last.time <= first.time) return 0;
    return ((last.steps - first.steps) * 1000) / (last.time - first.time);
  }

  /** Training begins or ends now. */
  restart(now: number): void {
    this.#marks = [{ time: now, steps: 0 }];
  }
}

/** Holds training back to a number of steps per second; null does not. */
export class SpeedLimit {
  limit: number | null = null;
  #next = 0;

  /** Milliseconds until a step may begin; 0 is now. */
  wait(now: number): number {
    return this.limit === null ? 0 : Math.max(0, this.#next - now);
  }

  step(now: number): void {
    if (this.limit === null) return;
    const interval = 1000 / this.limit;
    this.#next = Math.max(this.#next, now - interval) + interval; // at most one step is caught up
  }
}
