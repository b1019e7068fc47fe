/** A helper thread in a browser: the file that its worker is started from. */
import type { HelperStart } from "./control";
import { helpUntilStopped } from "./helper";
import { makeWalker } from "./walk";

self.addEventListener("message", ({ data }: MessageEvent<HelperStart>) => helpUntilStopped(data, makeWalker));
