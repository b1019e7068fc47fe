/** The worker's own file: ties the session to `self` and to this browser. Everything else is in session.ts. */
import { WASM_FILES } from "../engine/wasm-files";
import { fetchData, fetchFile } from "./browser-files";
import { browserDisk } from "./film-disk";
import { browserForms } from "./form-tuning";
import type { Request, WorkerEvent } from "./protocol";
import { createSession } from "./session";
import { signOfLife } from "./sign-of-life";

const post = (event: WorkerEvent, transfer: Transferable[] = []) => self.postMessage(event, { transfer });

const session = createSession({
  post,
  environment: {
    fetchData,
    fetchFile,
    wasmPaths: WASM_FILES,
    disk: browserDisk(),
    forms: browserForms(),
    gpu: navigator.gpu,
    now: () => performance.now(),
    wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  },
});

const living = signOfLife(() => post({ type: "locked" }));
self.addEventListener("message", ({ data }: MessageEvent<Request>) =>
  living.then(() => session.handle(data)).catch(reportError),
);
