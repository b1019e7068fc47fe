/** The file of a background worker that makes runs: ties the maker to `self` and to this browser. */
import { WASM_FILES } from "../../engine/wasm-files";
import { fetchData, fetchFile } from "../browser-files";
import type { SweepCommand, SweepEvent } from "../protocol-sweep";
import { createRunMaker } from "./run-maker";

const obey = createRunMaker({
  post: (event, transfer) => self.postMessage(event, { transfer }),
  fetchData,
  fetchFile,
  wasmPaths: WASM_FILES,
  now: () => performance.now(),
});

self.addEventListener("message", ({ data }: MessageEvent<SweepCommand>) => obey(data));

// Held as long as the worker lives, so that the page learns at once when it does not (client/liveness.ts).
navigator.locks?.request(self.name, () => {
  self.postMessage({ type: "locked" } satisfies SweepEvent);
  return new Promise(() => {});
});
