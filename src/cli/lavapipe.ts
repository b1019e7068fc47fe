/**
 * Mesa's software driver lavapipe for WebGPU in Node, where it is installed (Debian: mesa-vulkan-drivers): a second opinion beside SwiftShader,
 * whose barriers cost far more. Finds it and compiles the driver in front of it (lavapipe.c); using it is the caller's, by the environment.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const MANIFESTS = "/usr/share/vulkan/icd.d";
const here = fileURLToPath(new URL(".", import.meta.url));
const cache = join(here, "..", "..", "node_modules/.cache/lavapipe");

/** The environment of a process whose WebGPU adapter is to be lavapipe, or why it cannot be had here, in a sentence. */
export function lavapipeEnvironment():
  | { readonly environment: Readonly<Record<string, string>> }
  | { readonly why: string } {
  const manifest = existsSync(MANIFESTS)
    ? readdirSync(MANIFESTS).find((name) => name.startsWith("lvp_icd"))
    : undefined;
  if (manifest === undefined) return { why: "lavapipe is not installed (Debian: mesa-vulkan-drivers)." };
  const library = /"library_path": *"([^"]+)"/.exec(readFileSync(join(MANIFESTS, manifest), "utf8"))?.[1];
  if (library === undefined) return { why: `${join(MANIFESTS, manifest)} names no library.` };
  const source = join(here, "lavapipe.c");
  const built = join(cache, "lavapipe.so");
  const icd = join(cache, "lavapipe.json");
  mkdirSync(cache, { recursive: true });
  if (!existsSync(built) || statSync(built).mtimeMs < statSync(source).mtimeMs) {
    const { status } = spawnSync("cc", ["-O1", "-shared", "-fPIC", "-o", built, source, "-ldl"], { stdio: "ignore" });
    if (status !== 0) return { why: "lavapipe needs a C compiler (cc) to join Dawn." };
  }
  const driver = { ICD: { api_version: "1.1.0", library_path: built }, file_format_version: "1.0.0" };
  writeFileSync(icd, JSON.stringify(driver));
  return { environment: { VK_ICD_FILENAMES: icd, LAVAPIPE_LIBRARY: library } };
}
