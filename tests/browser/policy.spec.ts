/** What the page may load and run: its own origin's files, and no script that stands in the page. */
import { expect, test } from "@playwright/test";
import { PlaygroundPage, presetLink } from "./page";

test("everything works under the page's own policy, which lets no foreign and no inline script run", async ({
  page,
}) => {
  const complaints: string[] = [];
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.message));
  const foreign: string[] = [];
  page.on("request", (request) => {
    const url = new URL(request.url());
    if (url.protocol !== "blob:" && url.protocol !== "data:" && url.hostname !== "localhost") foreign.push(url.href);
  });
  const playground = new PlaygroundPage(page);
  await playground.open(presetLink("mnist-mlp"), "?device=wasm"); // threads, images, data
  await playground.train.click();
  await playground.expectStepsAbove(3);
  await playground.choose("Dataset", /Moons/i); // training goes on, with another set
  await playground.expectStepsAbove(3);
  expect(complaints).toEqual([]);
  expect(foreign).toEqual([]);

  const response = await page.request.get("/");
  expect(response.headers()).toMatchObject({ "referrer-policy": "no-referrer", "x-content-type-options": "nosniff" });
  const html = await response.text();
  const inPage = await page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute("content");
  expect(inPage).toBe(response.headers()["content-security-policy"]);
  expect(inPage).toContain("script-src 'self' 'wasm-unsafe-eval';");
  expect(html).not.toMatch(/<script(?![^>]*\bsrc=)/); // none in the page
  expect(html).toContain('name="referrer" content="no-referrer"');

  const ran = await page.evaluate(async () => {
    const script = document.createElement("script");
    script.textContent = "window.inlineRan = true";
    document.head.append(script);
    await new Promise((resolve) => setTimeout(resolve, 50));
    return "inlineRan" in window;
  });
  expect(ran).toBe(false);
});
