/** Games of two numbers, as a person plays them: from the gallery, by pointer and by keys; what is said is what happens. */
import { expect, type Locator, type Page, test } from "@playwright/test";
import { PlaygroundPage } from "./page";

async function openFromGallery(page: Page): Promise<Locator> {
  const playground = new PlaygroundPage(page);
  await playground.open();
  await page.getByRole("button", { name: /^Preset / }).click();
  await page.getByRole("searchbox", { name: "Search" }).fill("circles eigenvalues");
  await page.getByRole("button", { name: /Two numbers that play/ }).click();
  const view = page.getByRole("dialog", { name: "Two numbers that play" });
  await expect(view.getByRole("button", { name: "Play", exact: true })).toBeVisible();
  return view;
}

const distance = async (view: Locator) =>
  Number((await view.getByRole("status", { name: "Distance from rest" }).textContent())?.trim());
const steps = async (view: Locator) =>
  Number(/step ([\d,]+)/.exec((await view.getByText(/^step/).textContent()) ?? "")?.[1]?.replace(",", ""));

async function playTo(view: Locator, count: number): Promise<void> {
  await view.getByLabel("Pace").selectOption("fast");
  await view.getByRole("button", { name: "Play", exact: true }).click();
  await expect.poll(() => steps(view)).toBeGreaterThan(count);
  await view.getByRole("button", { name: "Pause" }).click();
}

test("plain GANs go round, both at once lead out, R1 comes to rest: seen, said, and read off the eigenvalues", async ({
  page,
}) => {
  const view = await openFromGallery(page);
  const says = view.locator(".game-fate");
  await expect(says).toContainText("It goes round:");
  await expect(
    view.getByRole("img", { name: "In infinitely small steps: 0.0000 + 0.5000 i, 0.0000 − 0.5000 i" }),
  ).toBeVisible();
  await playTo(view, 300);
  expect(await distance(view)).toBeGreaterThan(0.8);
  expect(await distance(view)).toBeLessThan(1.2);

  await view.getByRole("button", { name: "At once: outwards" }).click();
  await expect(says).toContainText(/leads out: near the middle every \d+ steps double/);
  await playTo(view, 150);
  expect(await distance(view)).toBeGreaterThan(1.3);

  await view.getByRole("button", { name: "Non-saturating" }).click();
  await expect(says).toContainText(/It goes round: .* Farther out the arrows lean inwards/);

  await view.getByRole("button", { name: "R1: to rest" }).click();
  await expect(says).toContainText(/comes to rest/);
  await expect(view.getByRole("img", { name: /In infinitely small steps: −0.2500 \+ 0.4330 i/ })).toBeVisible();
  await playTo(view, 200);
  expect(await distance(view)).toBeLessThan(0.01);

  for (const [name, words] of [
    ["WGAN-GP: at a distance", "round at a distance"],
    ["Clipping: in a box", "It goes round:"],
    ["Consensus", "comes to rest"],
    ["Optimistic", "comes to rest"],
    ["Extragradient", "comes to rest"],
  ] as const) {
    await view.getByRole("button", { name }).click();
    await expect(says).toContainText(words);
  }
});

test("the starting point is dragged and moved by keys, and every choice changes field, way or words", async ({
  page,
}) => {
  await page.goto("/?open=game");
  const view = page.getByRole("dialog", { name: "Two numbers that play" });
  const pad = view.getByRole("application", { name: /Starting point: θ 1.00, ψ 0.00/ });
  await pad.focus();
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Shift+ArrowLeft");
  await expect(view.getByRole("application", { name: /θ 0.50, ψ 0.10/ })).toBeVisible();
  const box = await view.getByRole("application").boundingBox();
  if (box === null) throw new Error("the pad has no place");
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.75, box.y + box.height * 0.25, { steps: 4 });
  await page.mouse.up();
  await expect(view.getByRole("application", { name: /θ 1.12, ψ 1.12/ })).toBeVisible();
  await view.getByRole("button", { name: "Step", exact: true }).click();
  await expect(view.getByText(/^step 1$/)).toBeVisible();

  const arrows = view.locator(".game-arrows");
  const fields = new Set([await arrows.getAttribute("d")]);
  for (const loss of ["Wasserstein", "Least squares (LSGAN)", "Relativistic (paired)", "f-GAN: Pearson χ²"]) {
    const option = view
      .getByLabel("Loss")
      .locator("option", { hasText: loss.slice(0, 10) })
      .first();
    await view.getByRole("combobox", { name: "Loss" }).selectOption((await option.getAttribute("value")) ?? "");
    fields.add(await arrows.getAttribute("d"));
  }
  await view.getByLabel("Penalty").selectOption("r2");
  fields.add(await arrows.getAttribute("d"));
  expect(fields.size).toBe(6);
  await view.getByRole("combobox", { name: "Steps" }).selectOption("consensus");
  await expect(view.getByText("going round costs something")).toBeVisible();
  await view.getByRole("combobox", { name: "Game" }).selectOption("bilinear");
  await expect(view.getByRole("combobox", { name: "Loss" })).toHaveCount(0);
});
