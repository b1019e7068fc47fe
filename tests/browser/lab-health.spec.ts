/** The health tab, on the real page: every layer of every network, now and over time. */
import { expect, test } from "@playwright/test";
import { DEFAULT_CONFIG, withChanges } from "../../src/core/config";
import { configLink, PlaygroundPage, presetLink } from "./page";

test("health shows each layer of both networks, goes with training, and asks for nothing once it is closed", async ({
  page,
}) => {
  const playground = new PlaygroundPage(page);
  await playground.open(presetLink("ring-non-saturating"));
  await playground.button("Lab").click();
  await page.getByRole("tab", { name: "Health" }).click();
  const health = page.getByRole("region", { name: "Health" });
  const generator = health.getByRole("region", { name: "Generator" });
  const discriminator = health.getByRole("region", { name: "Discriminator" });
  await expect(generator.getByRole("article")).not.toHaveCount(0);
  await expect(discriminator.getByRole("article")).not.toHaveCount(0);
  const first = generator.getByRole("article").first();
  for (const name of [/^What it gives: .* to /, /^Gradient of its weights: .* to /]) {
    await expect(first.getByRole("img", { name })).toBeVisible();
  }
  await expect(first).toContainText(/Units at rest\d+ of \d+/);
  await expect(first).toContainText(/Update ÷ weights\d/);
  await expect(first).toContainText(/Weights, norm\d/);

  await playground.train.click();
  const before = await first.textContent();
  await expect(first).not.toHaveText(before ?? "");
  // Over time: a line of several readings.
  await expect(first.getByRole("img", { name: "Norm of its weights over time" }).locator("path")).toBeVisible();
  await playground.rest();
  const steps = await playground.stepCount();
  await expect(generator.getByRole("heading", { level: 3 })).toContainText(`step ${steps.toLocaleString("en")}`);

  await page.getByRole("tab", { name: "Charts" }).click();
  await expect(health).toHaveCount(0);
  await page.getByRole("tab", { name: "Health" }).click();
  await expect(first.getByRole("img", { name: "Norm of its weights over time" }).locator("path")).toBeVisible();
});

test("health shows singular values where spectral norm acts, held at 1", async ({ page }) => {
  const playground = new PlaygroundPage(page);
  await playground.open(
    configLink(
      withChanges(DEFAULT_CONFIG, {
        networks: {
          discriminator: {
            layers: [
              { type: "dense", units: 16, activation: "relu", spectralNorm: true },
              { type: "dense", units: 1 },
            ],
          },
        },
      }),
    ),
  );
  await playground.button("Lab").click();
  await page.getByRole("tab", { name: "Health" }).click();
  const hidden = page.getByRole("region", { name: "Discriminator" }).getByRole("article").first();
  await expect(hidden).toContainText(/Singular valueslargest (1\.0|0\.99)/);
  await expect(hidden.getByRole("img", { name: /singular values/ })).toBeVisible();
});
