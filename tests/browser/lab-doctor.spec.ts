/** Changes, the doctor's among them, are remembered on the charts, at their step, also over a reload. */
import { expect, type Page, test } from "@playwright/test";
import { PlaygroundPage, presetLink } from "./page";

/** Where changes are marked on the chart of losses, as shares of the way along the axis, which begins with the first row. */
async function marks(page: Page): Promise<readonly number[]> {
  return page.getByRole("region", { name: "Losses", exact: true }).evaluate((chart) => {
    const grid = chart.querySelector(".recharts-cartesian-grid")?.getBoundingClientRect();
    if (grid === undefined) return [];
    const lines = [...chart.querySelectorAll(".recharts-reference-line line")].map((one) =>
      one.getBoundingClientRect(),
    );
    const upright = lines.filter(({ height }) => height > grid.height / 2);
    return upright.map(({ left, width }) => Math.round((100 * (left + width / 2 - grid.left)) / grid.width) / 100);
  });
}

/** The first chart names what is marked on all of them. */
const named = (page: Page, text: RegExp) =>
  page.getByRole("region", { name: "Quality", exact: true }).getByText(text).first();

async function openDoctor(page: Page): Promise<void> {
  await page.getByRole("tab", { name: "Doctor" }).click();
}

async function openCharts(page: Page): Promise<void> {
  await page.getByRole("tab", { name: "Charts" }).click();
}

test("a change with which the run begins anew is marked at its first step, and is after a reload", async ({ page }) => {
  const playground = new PlaygroundPage(page);
  await playground.open(presetLink("mode-collapse")); // two samples for D at once are another network
  await playground.button("Lab").click();
  await openDoctor(page);
  await playground.train.click();
  const card = page.getByRole("article", { name: "Mode collapse" });
  await expect(card).toBeVisible({ timeout: 90_000 });
  await playground.rest();
  await expect(card).toContainText("The run begins anew");
  await card.getByRole("button", { name: "Apply this change" }).click();
  await expect(playground.steps).toHaveText("0");
  const changed = page.getByRole("heading", { name: "What was changed" });
  await expect(changed).toBeVisible();
  await playground.trainPast(60);
  await openCharts(page);
  const mark = named(page, /^packing 1/);
  await expect(mark).toBeAttached();
  await expect.poll(() => marks(page)).toEqual([0]);

  await page.reload();
  await page.getByRole("button", { name: "Resume", exact: true }).click();
  await playground.expectStepsAbove(60);
  await expect(mark).toBeAttached();
  await expect.poll(() => marks(page)).toEqual([0]);
  await openDoctor(page);
  await expect(changed).toBeVisible();
});

test("a change that is made before the first step stands at the first row of every chart", async ({ page }) => {
  const playground = new PlaygroundPage(page);
  await playground.open();
  await playground.choose("Generator loss", /^Minimax/);
  await playground.trainPast(60);
  await expect(named(page, /^loss Non-saturating/)).toBeAttached();
  await expect.poll(() => marks(page)).toEqual([0]);
});
