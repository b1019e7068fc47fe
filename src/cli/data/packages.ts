/** Packages that image sets are made from: fetched from their registries into a folder for the time of the making, never a dependency. */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

// npm is a script file on Windows, which only a shell runs; nothing here comes from outside.
const shell = process.platform === "win32";

/**
 * Fetches an npm package and unpacks it.
 * @param sha512 of the archive, in base64
 * @param only paths within the archive, where not all of it is wanted
 * @returns the folder that holds "package/"
 * @throws Error when the archive is another one
 */
export function fetchNpm(name: string, sha512: string, folder: string, only: readonly string[] = []): string {
  const options = ["pack", name, "--pack-destination", folder, "--silent"];
  const file = execFileSync("npm", options, { encoding: "utf8", cwd: folder, shell }).trim();
  checkSum(name, join(folder, file), "sha512", "base64", sha512);
  execFileSync("tar", ["-xzf", file, ...only], { cwd: folder });
  return folder;
}

/** Fetches a Debian package and unpacks it. @param sha256 of the archive, hexadecimal @throws Error when it is another one */
export function fetchDebian(name: string, sha256: string, folder: string): string {
  execFileSync("apt-get", ["download", name], { cwd: folder, stdio: ["ignore", "ignore", "inherit"] });
  const file = readdirSync(folder).find((one) => one.startsWith(`${name}_`) && one.endsWith(".deb"));
  if (file === undefined) throw new Error(`apt-get gave no archive of ${name}.`);
  checkSum(name, join(folder, file), "sha256", "hex", sha256);
  execFileSync("dpkg-deb", ["-x", file, "."], { cwd: folder });
  return folder;
}

function checkSum(name: string, path: string, algorithm: string, encoding: "hex" | "base64", expected: string): void {
  const sum = createHash(algorithm).update(readFileSync(path)).digest(encoding);
  if (sum === expected) return;
  throw new Error(`${name} is not the archive this script was written for (${algorithm} ${sum}). Nothing was packed.`);
}

/** Installs npm packages, versions pinned in their names, and returns what imports them. */
export function installNpm(packages: readonly string[], folder: string): <Module>(name: string) => Promise<Module> {
  const options = ["install", "--prefix", folder, "--no-audit", "--no-fund", "--silent", ...packages];
  execFileSync("npm", options, { cwd: folder, shell });
  const { resolve } = createRequire(join(folder, "index.js"));
  return async (name) => {
    let path: string;
    try {
      path = resolve(name);
    } catch {
      path = join(folder, "node_modules", name, "lib/index.js"); // for packages that only import, not require
    }
    return await import(pathToFileURL(path).href);
  };
}
