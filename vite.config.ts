import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

/** Cross-origin isolation lets the WebAssembly backend use threads (SharedArrayBuffer). */
const isolation = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
};

export default defineConfig({
  base: "./", // any folder of any static host
  plugins: [react()],
  worker: { format: "es" },
  build: { target: "es2023", chunkSizeWarningLimit: 2000 },
  server: { headers: isolation },
  preview: { headers: isolation, port: 4173 },
  test: {
    include: ["tests/**/*.test.ts"],
    exclude: ["tests/browser/**"],
    environment: "node",
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
