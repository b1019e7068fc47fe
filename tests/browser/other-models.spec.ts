/** Models beside the GAN, as people meet them: a VAE, a GAN that is told classes, and both side by side; by keyboard. */
import { expect, type Page, test } from "@playwright/test";
import { PlaygroundPage } from "./page";

const sampleText = (page: Page) => page.getByRole("region", { name: "Latent" }).locator(".latent-words").first();

/** Chooses a model at the top of the experiment, with keys alone. */
const chooseModel = (page: Page, name: string) =>
  page.getByRole("group", { name: "Models" }).getByRole("button", { name, exact: true }).press("Enter");

test("a VAE is chosen, trains and shows the same points made again; a latent is moved, all by keyboard", async ({
  page,
}) => {
  const playground = new PlaygroundPage(page);
  await playground.open("");
  await chooseModel(page, "VAE");
  await expect(page).toHaveURL(/model=vae/);
  await playground.train.press("Enter");
  await playground.expectStepsAbove(20);
  await expect(page.getByRole("region", { name: "Reconstruction" })).toContainText("reconstruction");
  await expect(page.getByText("reals to their copies, hue by direction of the code's first two numbers")).toBeVisible();
  await expect(page.getByText(/D (says|scores)/)).toBeHidden(); // nothing judges

  await playground.pause.press("Enter"); // at rest a sample changes by the hand alone
  const before = await sampleText(page).textContent();
  await page.getByRole("slider", { name: "Latent 1", exact: true }).press("ArrowRight");
  await expect(sampleText(page)).not.toHaveText(before ?? "");
});

test("a GAN that is told classes is asked for another one while it trains, by keyboard", async ({ page }) => {
  const playground = new PlaygroundPage(page);
  await playground.open("#v=2&batchSize=32");
  await chooseModel(page, "Conditional GAN");
  await playground.train.press("Enter");
  await playground.expectStepsAbove(100);
  const classes = page.getByRole("group", { name: /^Cluster y/ });
  await expect(classes.getByRole("radio")).toHaveCount(8);
  await playground.pause.press("Enter");
  const before = await sampleText(page).textContent();
  await classes.getByRole("radio", { name: "1", exact: true }).press("ArrowRight");
  await expect(classes.getByRole("radio", { name: "2", exact: true })).toBeChecked();
  await expect(sampleText(page)).not.toHaveText(before ?? "");

  await playground.train.press("Enter");
  const steps = await playground.stepCount();
  await classes.getByRole("radio", { name: "2", exact: true }).press("ArrowRight");
  await expect(classes.getByRole("radio", { name: "3", exact: true })).toBeChecked();
  await playground.expectStepsAbove(steps + 20);
  await expect(page.getByText("fakes G(z, y), a hue a class y")).toBeVisible();
});

test("a VAE and a GAN train side by side on the same data, each with its own numbers", async ({ page }) => {
  const playground = new PlaygroundPage(page);
  await playground.open("#v=2&model=vae&batchSize=32&b.model=gan");
  await playground.train.press("Enter");
  await playground.expectStepsAbove(20);
  await expect(page.getByRole("region", { name: "Reconstruction" })).toBeVisible();
  await expect(page.getByRole("region", { name: "Losses", exact: true })).toBeVisible();
  for (const arm of ["A", "B"]) {
    await expect(page.getByRole("region", { name: new RegExp(`^Arm ${arm}`) }).first()).toBeVisible();
  }
  // One list explains what all pictures have, and there is no loss but the GAN's whose pull could be drawn.
  await expect(page.getByText("the pull of its loss on a fake")).toHaveCount(1);
  await expect(page.getByText("of the other loss")).toHaveCount(0);
  await expect(page.getByText(/went wrong|bug/)).toHaveCount(0);
});

test("a VAE of numbers on the line: copies beside reals, and nothing of a D anywhere", async ({ page }) => {
  const playground = new PlaygroundPage(page);
  await playground.open("#v=2&model=vae&dataset=mixture-1d&batchSize=32");
  await playground.train.press("Enter");
  await playground.expectStepsAbove(20);
  await playground.pause.press("Enter");
  await expect(page.getByText("reals to their copies, hue by direction of the code's first two numbers")).toBeVisible();
  const stage = page.getByRole("region", { name: "Training view" });
  await expect(stage).toContainText("100 real samples were coded and made again");
  await expect(stage.getByText(/D's|D\(x\)|D says/)).toHaveCount(0);
  await expect(page.getByRole("region", { name: "What to look for" })).toContainText("The decoder is continuous");
  await expect(page.getByRole("switch", { name: "Arrows" })).toHaveCount(0);
  await expect(page.getByRole("option", { name: "what D says" })).toHaveCount(0);
});

test("a GAN of numbers on the line that is told classes: the fakes of each class in a hue of its own", async ({
  page,
}) => {
  const playground = new PlaygroundPage(page);
  await playground.open("#v=2&model=cgan&dataset=mixture-1d&batchSize=32");
  await playground.button("Step both").click();
  await expect(playground.steps).toHaveText("1");
  await expect(page.getByText("fakes G(z, y), a hue a class y")).toBeVisible();
  await expect(page.getByText("best D* for these")).toHaveCount(0); // of a D that judges by class there is one a class
  // Red, green and blue lead where a bar of the first, second or third class stands on the ground.
  const leading = () =>
    page.getByRole("img", { name: "Stage" }).evaluate((canvas: HTMLCanvasElement) => {
      const data = canvas.getContext("2d")?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
      const found = new Set<number>();
      for (let i = 0; i + 2 < data.length; i += 4) {
        const pixel = [data[i] ?? 0, data[i + 1] ?? 0, data[i + 2] ?? 0];
        const [low = 0, middle = 0, high = 0] = [...pixel].sort((a, b) => a - b);
        if (high - low > 60 && high - middle > 0.9 * (high - low)) found.add(pixel.indexOf(high));
      }
      return found.size;
    });
  await expect.poll(leading).toBe(3);
});

test("digits by a VAE: reals beside the same made again, sharpness and power spectrum beside the data's", async ({
  page,
}) => {
  const playground = new PlaygroundPage(page);
  await playground.open(
    "#v=2&dataset=mnist&model=vae&latent.size=4&batchSize=16&encoder.layers=flatten~dense-16-relu~dense-8&decoder.layers=dense-16-relu~dense-784~reshape-28x28x1",
  );
  await playground.train.press("Enter");
  await playground.expectStepsAbove(5);
  await playground.pause.press("Enter");
  await expect(page.getByText("The same, coded and made again")).toBeVisible();
  await expect(page.getByRole("img", { name: /finer half of all detail/ })).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText("Sharpness").first()).toBeVisible();
});

test("digits that are told their class: a row a class", async ({ page }) => {
  const playground = new PlaygroundPage(page);
  await playground.open(
    "#v=2&dataset=mnist&model=acgan&latent.size=4&batchSize=16&generator.layers=embedding-4~dense-16-relu~dense-784-tanh~reshape-28x28x1&discriminator.layers=flatten~dense-16-relu~dense-11",
  );
  await playground.train.press("Enter");
  await playground.expectStepsAbove(5);
  await playground.pause.press("Enter");
  await expect(page.getByRole("region", { name: "Classes named" })).toBeVisible();
  const images = page.getByRole("button", { name: /^Take the latent of generated image/ });
  await images.last().press("Enter"); // of the last row
  await expect(
    page.getByRole("group", { name: /^Class y/ }).getByRole("radio", { name: "9", exact: true }),
  ).toBeChecked();
});
