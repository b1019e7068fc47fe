/** The file of a background worker that makes runs: ties the maker to `self` and to this browser. */
import { WASM_FILES } from "../../engine/wasm-files";
import { fetchData, fetchFile } from "../browser-files";
import type { SweepCommand, SweepEvent } from "../protocol-sweep";
import { signOfLife } from "../sign-of-life";
import { createRunMaker } from "./run-maker";

const obey = createRunMaker({
  post: (event, transfer) => self.postMessage(event, { transfer }),
  fetchData,
  fetchFile,
  wasmPaths: WASM_FILES,
  now: () => performance.now(),
});

const living = signOfLife(() => self.postMessage({ type: "locked" } satisfies SweepEvent));
self.addEventListener("message", ({ data }: MessageEvent<SweepCommand>) =>
  living.then(() => obey(data)).catch(reportError),
);
