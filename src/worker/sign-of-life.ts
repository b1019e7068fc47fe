/** The Web Lock that a worker holds while it lives, by which the page learns of its death at once (client/liveness.ts). */

/**
 * Calls `held` once the lock of this worker's name is its own, and resolves then. A worker obeys nothing before: one that dies in the moment
 * between its first work and its lock would be missed only after minutes. Where there are no locks, or none are allowed, resolves without.
 */
export async function signOfLife(held: () => void): Promise<void> {
  const locks = navigator.locks as LockManager | undefined;
  if (locks === undefined) return;
  await new Promise<void>((resolve) => {
    locks
      .request(self.name, () => {
        held();
        resolve();
        return new Promise(() => {}); // for as long as the worker lives
      })
      .catch(() => resolve());
  });
}
