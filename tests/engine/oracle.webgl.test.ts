/**
 * Two of the fixtures on the webgl backend, in Chromium: second-order, convolutional. All of them:
 * `npm run oracle -- tests/fixtures/FILE.json... --backend webgl`.
 */
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type FixtureRunner, startInBrowser } from "../../src/cli/oracle/browser";

describe("fixtures on webgl", () => {
  let runner: FixtureRunner;
  beforeAll(async () => {
    runner = await startInBrowser("webgl");
  });
  afterAll(() => runner.close());

  it.for(["wgan-gp-tanh", "dcgan"])("%s is as PyTorch computed it", async (name) => {
    const text = readFileSync(`tests/fixtures/${name}.json`, "utf8");
    expect(await runner.run(text)).toMatchObject({ passed: true });
  });
});
