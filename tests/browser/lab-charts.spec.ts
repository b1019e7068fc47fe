/** The charts in the lab, as a person makes them their own: other curves, other scales, another part of the run. */
import { expect, type Locator, type Page, test } from "@playwright/test";
import { PlaygroundPage } from "./page";

const chart = (page: Page, name: string) => page.getByRole("region", { name, exact: true });

async function opened(page: Page): Promise<PlaygroundPage> {
  const playground = new PlaygroundPage(page);
  await playground.open();
  await playground.button("Lab").click();
  await playground.trainPast(300);
  return playground;
}

const axis = (of: Locator) =>
  of.locator(".recharts-yAxis-tick-labels .recharts-cartesian-axis-tick-value").allTextContents();

test("a chart is added, gets another curve, another scale and size, is pinned, and all is as it came again", async ({
  page,
}) => {
  const playground = await opened(page);
  const before = await page.getByRole("region", { name: "Charts" }).getByRole("region").count();
  await page.getByRole("combobox", { name: "Add a chart" }).selectOption("D's score of the reals");
  const own = chart(page, "D's score of the reals");
  await expect(own).toBeVisible();
  await expect(own.locator(".recharts-line-curve")).toHaveCount(1);

  // A measure beside a reading.
  await page.getByRole("button", { name: "Change the chart D's score of the reals" }).click();
  const menu = page.getByRole("dialog", { name: "The chart D's score of the reals" });
  await menu.getByRole("combobox", { name: "Add a curve to it" }).selectOption("Clusters found");
  await expect(own.locator(".recharts-line-curve")).toHaveCount(2);
  await expect(own.getByRole("button", { name: /^Clusters found \d/ })).toBeVisible();
  const height = async () => (await own.locator(".chart-drawing").boundingBox())?.height ?? 0;
  const usual = await height();
  await menu.getByRole("button", { name: "large" }).click();
  await expect.poll(height).toBeGreaterThan(1.5 * usual);
  await menu.getByRole("button", { name: "Pin to the top" }).click();
  await expect(page.locator(".charts-pinned").getByRole("region")).toHaveCount(1);
  await page.keyboard.press("Escape");

  // The losses on a logarithmic scale.
  const losses = chart(page, "Losses");
  const linear = await axis(losses);
  await page.getByRole("button", { name: "Change the chart Losses" }).click();
  await page.getByRole("dialog", { name: "The chart Losses" }).getByRole("button", { name: "log" }).click();
  await expect.poll(() => axis(losses)).not.toEqual(linear);
  await page
    .getByRole("dialog", { name: "The chart Losses" })
    .getByRole("button", { name: "Take the chart away" })
    .click();
  await expect(losses).toHaveCount(0);

  // It is remembered, and one press makes it as it came.
  await page.reload();
  await expect(own).toBeVisible();
  await expect(losses).toHaveCount(0);
  await playground.button("As they came").click();
  await expect(losses).toBeVisible();
  await expect(own).toHaveCount(0);
  await expect(page.getByRole("region", { name: "Charts" }).getByRole("region")).toHaveCount(before);
});

test("a part of the run is shown by all charts, a click goes to the moment, and curves are smoothed by choice", async ({
  page,
}) => {
  const playground = await opened(page);
  const gradients = chart(page, "Gradient norms");
  const losses = chart(page, "Losses");
  const steps = (of: Locator) =>
    of.locator(".recharts-xAxis-tick-labels .recharts-cartesian-axis-tick-value").allTextContents();
  // Its last steps are drawn a moment after it rests.
  const last = await playground.stepCount();
  await expect(gradients.locator("caption")).toHaveText(new RegExp(`values at step ${last}$`));
  const whole = await steps(gradients);

  // Dragging over one of them.
  const box = await losses.locator(".recharts-surface").first().boundingBox();
  if (box === null) throw new Error("The losses are drawn.");
  const at = (share: number) => [box.x + 50 + share * (box.width - 110), box.y + box.height / 2] as const;
  await page.mouse.move(...at(0.3));
  await page.mouse.down();
  await page.mouse.move(...at(0.4));
  await page.mouse.move(...at(0.6));
  await page.mouse.up();
  await expect.poll(() => steps(gradients)).not.toEqual(whole);
  expect(await steps(gradients)).toEqual(await steps(losses));
  await expect(page.getByRole("textbox", { name: "Charts from step" })).toHaveValue(/^\d+$/);

  // Typed.
  await page.getByRole("textbox", { name: "Charts from step" }).fill("100");
  const to = page.getByRole("textbox", { name: "Charts to step" });
  await to.fill("200");
  await to.press("Enter");
  await expect.poll(async () => (await steps(losses)).at(-1)).toBe("200");
  await playground.button("Whole run").click();
  await expect.poll(() => steps(gradients)).toEqual(whole);

  await page.getByRole("combobox", { name: "Smoothing" }).selectOption("mean of 15 points");
  await expect(losses.locator(".recharts-line-curve")).toHaveCount(4);

  await losses.locator(".recharts-surface").first().hover();
  await expect(losses.locator(".chart-tooltip")).toBeVisible();
  await page.mouse.down();
  await page.mouse.up();
  await expect(page.getByRole("region", { name: "Timeline" }).getByRole("status")).toContainText("The past.");

  // A line stands at that moment on every chart: its share of the run is its share of the axis.
  const visited = await page.evaluate(() => window.ganPlayground?.state().visited?.step ?? Number.NaN);
  const share = (visited - 1) / (last - 1);
  for (const one of [losses, gradients]) {
    const drawing = await one.locator(".recharts-surface").first().boundingBox();
    const line = await one.locator(".chart-visited").boundingBox();
    if (drawing === null || line === null) throw new Error("Each has its line.");
    expect(Math.abs(line.x - (drawing.x + 44 + share * (drawing.width - 88)))).toBeLessThan(2);
  }
});
