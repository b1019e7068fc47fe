/** Why there are no threads, in words that are true of the page that says them. */
import { afterEach, expect, it, vi } from "vitest";
import { whyNoThreads } from "../../src/engine/threads/start";

afterEach(() => vi.unstubAllGlobals());

it("says that a page is not isolated only where it is not", () => {
  vi.stubGlobal("SharedArrayBuffer", undefined);
  vi.stubGlobal("crossOriginIsolated", false);
  expect(whyNoThreads()).toMatch(/not cross-origin isolated/);
  vi.stubGlobal("crossOriginIsolated", true); // WebKitGTK: isolated, and without shared memory all the same
  expect(whyNoThreads()).toBe("this browser lets threads share no memory");
});
