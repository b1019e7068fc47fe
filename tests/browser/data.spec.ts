/** Data on its way, from a real server that answers late, half or not at all: said while it lasts, told when it stalls, and a way on. */
import { createReadStream, statSync } from "node:fs";
import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "@playwright/test";
import { PlaygroundPage, presetLink } from "./page";

const FIRST = "data/mnist/train-0.bin";

/** What the data server does with the first chunk: nothing yet, all of it, or half and then nothing. */
let mood: "silent" | "half" | "good";
let held: (() => void)[] = [];
let server: Server;

test.beforeEach(async ({ page }) => {
  mood = "silent";
  held = [];
  server = createServer((_, response) => answer(response));
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const { port } = server.address() as AddressInfo;
  // The page's own server answers everything else. A redirect lets the browser meet a real stalled connection.
  await page.route(`**/${FIRST}`, (route) => route.continue({ url: `http://localhost:${port}/` }));
});

test.afterEach(() => {
  server.closeAllConnections();
  server.close();
});

function answer(response: ServerResponse): void {
  const send = (end: number) => {
    if (!response.headersSent) {
      response.writeHead(200, {
        "Content-Length": statSync(`public/${FIRST}`).size,
        "Cross-Origin-Resource-Policy": "cross-origin",
      });
    }
    createReadStream(`public/${FIRST}`, { end }).pipe(response, { end: end === Number.POSITIVE_INFINITY });
  };
  if (mood === "half") send(800_000);
  else if (mood === "good") send(Number.POSITIVE_INFINITY);
  else held.push(() => send(Number.POSITIVE_INFINITY));
}

test("Train offers Pause at once while its data is awaited; pausing and training again change nothing of it", async ({
  page,
}) => {
  const playground = new PlaygroundPage(page);
  await playground.open(presetLink("mnist-mlp"));
  await playground.train.click();
  await expect(playground.pause).toBeVisible();
  await expect(page.getByText(/0\.0 of 9\.6 MB.*Training begins with the first part/)).toBeVisible();
  await playground.pause.click();
  await expect(playground.train).toBeVisible();
  await playground.train.click();
  await expect.poll(() => held.length).toBe(1);
  for (const release of held) release();
  await playground.expectStepsAbove(0);
});

test("a request that stalls in the middle is told with what had come, and Retry goes on with the training", async ({
  page,
}) => {
  mood = "half";
  const playground = new PlaygroundPage(page);
  await playground.open(presetLink("mnist-mlp"));
  await playground.train.click();
  await expect(page.getByText(/0\.8 of 9\.6 MB/)).toBeVisible();
  await expect(page.getByText(/train-0\.bin of mnist has stopped arriving/).first()).toBeVisible();
  await expect(playground.train).toBeVisible();
  mood = "good";
  await page.getByRole("button", { name: "Retry" }).first().click();
  await expect(playground.pause).toBeVisible();
  await playground.expectStepsAbove(0);
});

test("of many quick clicks on Train the last one counts", async ({ page }) => {
  mood = "good";
  const playground = new PlaygroundPage(page);
  await playground.open();
  for (const clicks of [15, 14]) {
    for (let i = 0; i < clicks; i++) {
      await page.getByRole("button", { name: /^(Train|Pause)$/ }).click();
      await page.waitForTimeout(40);
    }
    await expect(playground.pause).toBeVisible();
    const step = await playground.stepCount();
    await playground.expectStepsAbove(step);
  }
});
