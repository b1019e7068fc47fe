/** Which kept runs go on in some page: a page holds a Web Lock of each run that it trains. No storage. */

export interface RunLocks {
  /**
   * Takes a run for this page until `release` is called or the page is gone.
   * @param patienceMs how long to wait for a page that may just be going
   * @returns null where the run goes on in another page
   */
  take(id: string, patienceMs?: number): Promise<{ release(): void } | null>;
}

/** The browser's own locks. Without them (a page that is not served securely) every run is free. */
export function browserLocks(): RunLocks {
  return {
    take: (id, patienceMs = 0) =>
      new Promise((resolve) => {
        const locks = typeof navigator === "undefined" ? undefined : (navigator.locks as LockManager | undefined);
        if (locks === undefined) {
          resolve({ release() {} });
          return;
        }
        const waiting = new AbortController();
        const timer = setTimeout(() => waiting.abort(), patienceMs);
        const held = (lock: Lock | null) => {
          clearTimeout(timer);
          if (lock === null) {
            resolve(null);
            return;
          }
          return new Promise<void>((release) => resolve({ release }));
        };
        const options = patienceMs > 0 ? { signal: waiting.signal } : { ifAvailable: true };
        locks.request(`gan-playground-run-${id}`, options, held).catch(() => resolve(null)); // it waited long enough
      }),
  };
}
