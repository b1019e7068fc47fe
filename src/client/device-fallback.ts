/** What to say when another device computes than was wanted. Words only. */
import type { DeviceReport } from "../core/device";

/**
 * A sentence where the device that was asked for is not the one that computes, or where plain JavaScript is all that started; null where
 * the person got what was to be had.
 */
export function fallbackSentence({ requested, backend, reason, candidates }: DeviceReport): string | null {
  const wanted = requested === "reproducible" ? "wasm" : requested;
  if (wanted !== "auto" && wanted !== backend) return reason;
  if (requested !== "auto" || backend !== "cpu") return null;
  const failures = candidates.flatMap(({ failure }) => (failure === null ? [] : [failure]));
  return failures.length === 0 ? null : `${failures.join(" ")} Plain JavaScript computes instead, which is slow.`;
}
