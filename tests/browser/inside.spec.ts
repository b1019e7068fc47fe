/** Looking inside networks, on the real page: units are pressed and switched off, and what they drew is gone. */
import { expect, type Locator, type Page, test } from "@playwright/test";
import { PlaygroundPage, presetLink } from "./page";

async function openInside(page: Page, preset: Parameters<typeof presetLink>[0]): Promise<Locator> {
  const playground = new PlaygroundPage(page);
  await playground.open(presetLink(preset));
  await playground.train.click();
  await playground.expectStepsAbove(3);
  await playground.rest();
  await playground.button("Lab").click();
  await page.getByRole("tab", { name: "Inside" }).click();
  return page.getByRole("region", { name: "Inside" });
}

const drawn = (canvas: Locator) =>
  canvas.evaluate((element) => {
    if (!(element instanceof HTMLCanvasElement)) throw new Error("not a canvas");
    return element.toDataURL();
  });

test("a unit of G is switched off: its picture is without it, and comes back when it is on again", async ({ page }) => {
  const inside = await openInside(page, "faces-dcgan");
  await expect(inside.getByRole("status", { name: "Units" })).toContainText(/^\d+ units; \d+ at rest/);
  await expect(inside.getByRole("img", { name: "What each unit gives" })).toBeVisible();
  await expect(inside.getByText("All units are on.")).toBeVisible();
  const before = await drawn(inside.getByRole("img", { name: "The sample as it is" }));

  await inside.getByRole("button", { name: "Put those first that do most" }).click();
  await expect(inside.getByText(/In the order of what each changes alone/)).toBeVisible();
  await inside
    .getByRole("button", { name: /^Unit \d+: mean/ })
    .first()
    .click();
  const unit = inside.getByRole("region", { name: /^Unit \d+$/ });
  await expect(unit).toContainText(/Over 64 samples: mean/);
  await expect(unit).toContainText(/Alone it changes what comes out by/);
  await unit.getByRole("button", { name: "Switch it off" }).click();
  await expect(inside.getByText(/^Without the unit what comes out changes by [\d.]*[1-9]/)).toBeVisible();
  const without = await drawn(inside.getByRole("img", { name: "Without the unit", exact: true }));
  expect(without).not.toBe(before);
  expect(await drawn(inside.getByRole("img", { name: "The sample as it is" }))).toBe(before);
  await expect(inside.getByRole("img", { name: "What they drew: the difference" })).toBeVisible();
  await inside.getByRole("button", { name: "All on" }).click();
  await expect(inside.getByText("All units are on.")).toBeVisible();
});

test("D's layers show what they make of a fake or of a real sample, and what D thinks without a unit", async ({
  page,
}) => {
  const inside = await openInside(page, "faces-dcgan");
  await inside.getByRole("combobox", { name: "Network" }).selectOption({ label: "Discriminator" });
  const opinions = inside.getByRole("table");
  await expect(opinions).toContainText("real samples");
  const looked = inside.getByRole("img", { name: "What D looks at" });
  await expect(looked).toBeVisible();
  const fake = await drawn(looked);
  await inside.getByRole("combobox", { name: "Looks at" }).selectOption({ label: "a real sample" });
  await expect.poll(() => drawn(looked)).not.toBe(fake);
  await inside.getByRole("button", { name: /^Unit 1: mean/ }).click();
  await expect(inside.getByRole("img", { name: "Weights into unit 1" })).toBeVisible();
  await inside.getByRole("button", { name: "Switch it off" }).click();
  await expect(opinions).toContainText("without the unit");
});

test("a VAE's encoder: the copies of what it codes, and what is missing in them without a unit", async ({ page }) => {
  const inside = await openInside(page, "mnist-vae");
  await inside.getByRole("combobox", { name: "Network" }).selectOption({ label: "Encoder" });
  const coded = inside.getByRole("img", { name: "What is coded", exact: true });
  await expect(coded).toBeVisible();
  await inside.getByRole("combobox", { name: "Looks at" }).selectOption({ label: "a real sample" });
  await expect(inside.getByRole("status", { name: "Units" })).toContainText(/^\d+ units/);
  await inside.getByRole("button", { name: "Put those first that do most" }).click();
  await expect(inside.getByText(/In the order of what each changes alone/)).toBeVisible();
  await inside
    .getByRole("button", { name: /^Unit \d+: mean/ })
    .first()
    .click();
  await inside.getByRole("button", { name: "Switch it off" }).click();
  await expect(inside.getByText(/^Without the unit what comes out changes by [\d.]*[1-9]/)).toBeVisible();
  const copy = inside.getByRole("img", { name: "Its copy as it is", exact: true });
  expect(await drawn(inside.getByRole("img", { name: "Without the unit", exact: true }))).not.toBe(await drawn(copy));
  expect(await drawn(coded)).not.toBe(await drawn(copy));
});

test("by keyboard alone, among points, while training goes on", async ({ page }) => {
  const inside = await openInside(page, "ring-non-saturating");
  const playground = new PlaygroundPage(page);
  await playground.train.click();
  const first = inside.getByRole("button", { name: /^Unit 1: mean/ });
  await first.focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  await inside.getByRole("region", { name: "Unit 2" }).getByRole("button").focus();
  await page.keyboard.press("Enter");
  await expect(inside.getByText(/^Without the unit what comes out changes/)).toBeVisible();
  const status = inside.getByRole("status", { name: "Units" });
  const then = await status.textContent();
  await expect(status).not.toHaveText(then ?? ""); // it follows the steps
  await expect(status).toContainText("1 switched off");
});
