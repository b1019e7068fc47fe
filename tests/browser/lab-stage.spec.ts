/** Layers of the stage that the lab adds: the ratio of densities, the morph of G's grid, and the arrows from z to x on the line. */
import { expect, type Page, test } from "@playwright/test";
import { PlaygroundPage, presetLink } from "./page";

const stage = (page: Page) => page.getByRole("img", { name: "Stage", exact: true });

async function opened(page: Page, hash = ""): Promise<PlaygroundPage> {
  const playground = new PlaygroundPage(page);
  await playground.open(hash);
  await playground.button("Lab").click();
  await playground.trainPast(100);
  await page.getByRole("button", { name: /^Layers/ }).click();
  return playground;
}

test("the map of ratios is a map of its own, and G's grid bends from z to G(z) when its word is pointed at", async ({
  page,
}) => {
  const playground = await opened(page);
  const plain = await playground.pixels(stage(page));
  await playground.button("ratio").click();
  await expect.poll(() => playground.pixels(stage(page))).not.toBe(plain);
  await page.getByRole("switch", { name: "G's grid" }).click();
  await page.keyboard.press("Escape");
  const word = page.getByRole("listitem").filter({ hasText: "hue by direction of z" });
  await expect(word).toBeVisible();
  const resting = async () => {
    const now = await playground.pixels(stage(page));
    await page.waitForTimeout(300);
    return (await playground.pixels(stage(page))) === now ? now : null;
  };
  await expect.poll(resting).not.toBeNull();
  const bent = await playground.pixels(stage(page));
  await word.hover();
  await expect
    .poll(() => playground.pixels(stage(page)), { message: "the net as it is in latent space" })
    .not.toBe(bent);
  await expect.poll(() => playground.pixels(stage(page)), { message: "bent again" }).toBe(bent);
  // By keyboard as well.
  await word.getByRole("button", { name: "Play: from z to G(z)" }).press("Enter");
  await expect.poll(() => playground.pixels(stage(page))).not.toBe(bent);
});

test("on the line, arrows lead from latents to samples", async ({ page }) => {
  const playground = await opened(page, presetLink("gaussian-1d"));
  const plain = await playground.pixels(stage(page));
  await page.getByRole("switch", { name: "From z to x" }).click();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("listitem").filter({ hasText: "from z to G(z)" })).toBeVisible();
  await expect.poll(() => playground.pixels(stage(page))).not.toBe(plain);
});
