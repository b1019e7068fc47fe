/** The same page in Firefox and WebKit: the three journeys, and a hundred steps' weights, bit for bit those of Chromium. */
import { test as base, expect, type Page } from "@playwright/test";
import { startFirefox } from "../../src/cli/drivers/firefox";
import type { DrivenBrowser } from "../../src/cli/drivers/webdriver";
import { findOther, OTHER_BROWSERS, type OtherBrowser } from "../../src/cli/other-browsers";
import { journeys, type Weights, weightsOf } from "./drivers/smoke";
import { startWebKit } from "./drivers/webkit";

const START: Record<OtherBrowser, (paths: Readonly<Record<string, string>>) => Promise<DrivenBrowser>> = {
  firefox: startFirefox,
  webkit: startWebKit,
};
const DEVICES = ["reproducible", "wasm"] as const;

const test = base.extend<{ address: string }>({
  address: async ({ baseURL }, use) => use(baseURL ?? ""),
});

/** Chromium's numbers, computed once. */
const chromium = new Map<string, Weights>();

async function inChromium(page: Page, address: string): Promise<ReadonlyMap<string, Weights>> {
  for (const device of DEVICES) {
    if (chromium.has(device)) continue;
    const driven = {
      open: async (url: string) => void (await page.goto(url)),
      evaluate: <T>(expression: string) => page.evaluate<T>(expression),
      press: (key: string) => page.keyboard.press(key),
    };
    chromium.set(device, await weightsOf(driven, address, device));
    await page.goto("about:blank"); // the address differs by its hash alone otherwise, which loads nothing
  }
  return chromium;
}

for (const which of ["firefox", "webkit"] as const) {
  const { name } = OTHER_BROWSERS[which];
  const found = findOther(which);

  test(`${name}: open and train, drag a latent, compare; a hundred steps give Chromium's weights`, async ({
    page,
    address,
  }) => {
    test.skip("missing" in found, "missing" in found ? found.missing : "");
    if ("missing" in found) return;
    test.setTimeout(420_000);
    const expected = await inChromium(page, address);
    const browser = await START[which](found.paths);
    try {
      await journeys(browser, address);
      for (const device of DEVICES) {
        const theirs = await weightsOf(browser, address, device);
        console.log(`${name}, ${device}: ${theirs.arithmetic} ${theirs.fingerprint}`);
        if (device === "reproducible") expect(theirs).toEqual(expected.get(device)); // of one class everywhere
        const alike = [...expected.values()].filter(({ arithmetic }) => arithmetic === theirs.arithmetic);
        for (const ours of alike) expect(theirs).toEqual(ours);
      }
    } finally {
      await browser.close();
    }
  });
}
