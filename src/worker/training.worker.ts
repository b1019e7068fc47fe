/** The worker's own file: ties the session to `self` and to this browser. Everything else is in session.ts. */
import { OWN_FOLDER } from "../core/datasets/own/pictures";
import { fetchFrom } from "../engine/data";
import { WASM_FILES } from "../engine/wasm-files";
import { browserDisk } from "./film-disk";
import { keptFile } from "./pictures/kept-files";
import type { Request, WorkerEvent } from "./protocol";
import { createSession } from "./session";

// The page lies above the folder of built scripts; in development the worker lies somewhere under the site's root.
const pageAddress = new URL(import.meta.env.DEV ? "/" : "../", self.location.href);

const post = (event: WorkerEvent, transfer: Transferable[] = []) => self.postMessage(event, { transfer });

const fetchFile = fetchFrom(pageAddress);

const session = createSession({
  post,
  environment: {
    fetchData: (path, onBytes) => (path.startsWith(OWN_FOLDER) ? keptFile(path) : fetchFile(path, onBytes)),
    fetchFile,
    wasmPaths: WASM_FILES,
    disk: browserDisk(),
    gpu: navigator.gpu,
    now: () => performance.now(),
    wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  },
});

self.addEventListener("message", (message: MessageEvent<Request>) => session.handle(message.data));

// Held as long as the worker lives, so that the page learns at once when it does not (client/liveness.ts).
navigator.locks?.request(self.name, () => {
  post({ type: "locked" });
  return new Promise(() => {});
});
