/** Finds Firefox and WebKit for the tests, or installs them where this can be done, or says in a sentence why they do not run. */
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/** What is needed to drive one browser, by the names that its driver uses. */
export interface Installed {
  readonly paths: Readonly<Record<string, string>>;
}
export type Found = Installed | { readonly missing: string };

interface Recipe {
  readonly name: string;
  /** Debian's packages. */
  readonly packages: readonly string[];
  /** Where each thing that is needed lies, or null where it is not there. */
  readonly find: () => Readonly<Record<string, string | null>>;
}

const there = (...candidates: readonly (string | undefined)[]): string | null =>
  candidates.find((path) => path !== undefined && path !== "" && existsSync(path)) ?? null;

export const OTHER_BROWSERS = {
  firefox: {
    name: "Firefox",
    packages: ["firefox-esr"],
    find: () => ({ firefox: there(process.env.FIREFOX_PATH, "/usr/bin/firefox-esr", "/usr/bin/firefox") }),
  },
  webkit: {
    name: "WebKit",
    packages: ["webkit2gtk-driver", "xvfb"],
    find: () => ({ driver: there("/usr/bin/WebKitWebDriver"), screen: there("/usr/bin/Xvfb"), browser: miniBrowser() }),
  },
} as const satisfies Record<string, Recipe>;

export type OtherBrowser = keyof typeof OTHER_BROWSERS;

/** WebKitGTK's own small browser, in the folder of this machine's architecture. */
function miniBrowser(): string | null {
  const root = "/usr/lib";
  if (!existsSync(root)) return null;
  return there(...readdirSync(root).map((folder) => join(root, folder, "webkit2gtk-4.1", "MiniBrowser")));
}

/** What is installed of a browser; nothing is installed here. */
export function findOther(which: OtherBrowser): Found {
  const { name, packages, find } = OTHER_BROWSERS[which];
  const paths: Record<string, string> = {};
  for (const [part, path] of Object.entries(find())) {
    if (path === null) return { missing: `${name} is not installed (Debian: apt-get install ${packages.join(" ")}).` };
    paths[part] = path;
  }
  return { paths };
}

/** The same after an attempt to install what is missing: as root on a system with apt-get, unless CI forbids it by PLAYGROUND_NO_INSTALL. */
export function ensureOther(which: OtherBrowser): Found {
  const found = findOther(which);
  const allowed = process.platform === "linux" && process.getuid?.() === 0 && !process.env.PLAYGROUND_NO_INSTALL;
  if (!("missing" in found) || !allowed || !existsSync("/usr/bin/apt-get")) return found;
  const { name, packages } = OTHER_BROWSERS[which];
  console.log(`No ${name} found; installing it for the browser tests.`);
  const command = `apt-get update -qq && apt-get install -y -qq --no-install-recommends ${packages.join(" ")}`;
  spawnSync("sh", ["-c", command], { stdio: "ignore", env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } });
  return findOther(which);
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  for (const which of Object.keys(OTHER_BROWSERS) as OtherBrowser[]) {
    const found = ensureOther(which);
    const { name } = OTHER_BROWSERS[which];
    console.log("missing" in found ? `not run: ${found.missing}` : `${name}: ${Object.values(found.paths).join(", ")}`);
  }
}
