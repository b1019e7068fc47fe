/** The page's end of browser.ts: starts a backend and runs fixtures on it. Served by Vite, never part of the built page. */
import { BACKENDS } from "../../core/device";
import { chooseBackend } from "../../engine/backend";
import { WASM_FILES } from "../../engine/wasm-files";
import type { Comparison } from "./comparison";
import { parseFixture, runAny } from "./run";

/** What the page can be asked for. */
export interface OraclePage {
  /** @throws when that very backend does not start, with the reason */
  start(backend: string): Promise<void>;
  /** @throws Error in a sentence that says what is wrong with the file */
  run(text: string): Promise<Comparison>;
}

const oracle: OraclePage = {
  async start(name) {
    const backend = BACKENDS.find((known) => known === name);
    if (backend === undefined) throw new Error(`There is no backend "${name}".`);
    const { report } = await chooseBackend(backend, { wasmPaths: WASM_FILES, gpu: navigator.gpu });
    if (report.backend !== backend) throw new Error(report.reason);
  },
  run: (text) => runAny(parseFixture(text)),
};

Object.assign(globalThis, { oracle });
