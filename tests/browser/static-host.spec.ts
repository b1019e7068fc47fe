/** The built page on a static host that sends no headers: its service worker makes it isolated, once, and does no harm where it cannot. */
import { readFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, normalize } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { PlaygroundPage, presetLink } from "./page";

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".wasm": "application/wasm",
  ".svg": "image/svg+xml",
};
const FOLDER = "/some/folder/";

let server: Server;
let missing: ReadonlySet<string>;
test.beforeEach(async () => {
  missing = new Set();
  server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://host");
    const name = pathname.startsWith(FOLDER) ? pathname.slice(FOLDER.length) || "index.html" : "";
    try {
      if (missing.has(name)) throw new Error("not there");
      const body = await readFile(join("dist", normalize(name)));
      response.writeHead(200, { "Content-Type": TYPES[extname(name)] ?? "application/octet-stream" }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, resolve));
});
test.afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const address = () => `http://localhost:${(server.address() as AddressInfo).port}${FOLDER}`;

function countLoads(page: Page): () => number {
  let loads = 0;
  page.on("domcontentloaded", () => {
    loads += 1;
  });
  return () => loads;
}

test("becomes isolated after one more load, trains, and loads once from then on", async ({ page }) => {
  const loads = countLoads(page);
  await page.goto(`${address()}#a=1`);
  await expect.poll(loads).toBe(2); // nothing is evaluated before: to the browser that would look like a person's first click
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  const playground = new PlaygroundPage(page);
  await playground.train.click();
  await playground.expectStepsAbove(20);
  await page.reload();
  await expect(playground.train).toBeEnabled();
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  await expect.poll(loads).toBe(3);
});

test("trains all the same, without another load, where the service worker is missing", async ({ page }) => {
  missing = new Set(["isolation-worker.js"]);
  const loads = countLoads(page);
  await page.goto(`${address()}${presetLink("mnist-mlp")}`); // wide layers, which would use threads
  const playground = new PlaygroundPage(page);
  await playground.train.click();
  await playground.expectStepsAbove(20);
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(false);
  expect(loads()).toBe(1);
  await playground.button("Why this device").click();
  await expect(page.getByText(/not cross-origin isolated/).first()).toBeVisible();
});
