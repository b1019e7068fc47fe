import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

/** Cross-origin isolation lets the WebAssembly backend use threads (SharedArrayBuffer). */
const isolation = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
};

/**
 * What the page may load and run: files of its own origin, and WebAssembly. No script may stand in the page itself, so that nothing that
 * gets into it by accident runs; styles may, since Mantine writes its variables as a style element. "blob:" is TensorFlow.js's .wasm file,
 * which is handed over from memory (engine/backend-starts.ts).
 */
const POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "media-src blob:",
  "font-src 'self' data:",
  "connect-src 'self' blob:",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

/** For every file: addresses of experiments go nowhere, and nothing is taken for what it does not say it is. */
const careful = { "Referrer-Policy": "no-referrer", "X-Content-Type-Options": "nosniff" };

/** In the built page itself too, for hosts that let nobody set headers. Not while developing: Vite's hot reload is a script in the page. */
const policyInPage: Plugin = {
  name: "policy-in-page",
  apply: "build",
  transformIndexHtml: () => [
    { tag: "meta", attrs: { "http-equiv": "Content-Security-Policy", content: POLICY }, injectTo: "head-prepend" },
    { tag: "meta", attrs: { name: "referrer", content: "no-referrer" }, injectTo: "head-prepend" },
  ],
};

export default defineConfig({
  base: "./", // any folder of any static host
  plugins: [react(), policyInPage],
  worker: { format: "es" },
  build: {
    target: "es2023",
    chunkSizeWarningLimit: 2000,
    // What shows first comes as one script: cut into one for each set of later chunks that shares it, it compresses by 3 % less.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: "first", tags: ["$initial"] }] } } },
  },
  server: { headers: { ...isolation, ...careful } },
  preview: { headers: { ...isolation, ...careful, "Content-Security-Policy": POLICY }, port: 4173 },
});
