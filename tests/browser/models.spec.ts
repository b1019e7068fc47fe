/** The model of an experiment: chosen from drawings, stepped by its players, undone like every restart. */
import { expect, test } from "@playwright/test";
import { MODEL_IDS, modelInfo } from "../../src/core/models";
import { stepTurns } from "../../src/ui/frame/step-turns";
import { flowGraph, flowWords } from "../../src/ui/model/flow-graph";
import { PlaygroundPage, presetLink } from "./page";

const TINY =
  "#v=1&batchSize=16&generator.layers=dense-8-leakyRelu~dense-2&discriminator.layers=dense-8-leakyRelu~dense-1";

test("every model stands at the top of the experiment with its drawing, its lesson and its source", async ({
  page,
}) => {
  const playground = new PlaygroundPage(page);
  await playground.open(TINY);
  const models = page.getByRole("group", { name: "Models" });
  await expect(models.getByRole("button")).toHaveCount(MODEL_IDS.length);
  const gan = models.getByRole("button", { name: "GAN", exact: true });
  await expect(gan).toHaveAttribute("aria-pressed", "true");
  await expect(gan).toHaveAccessibleDescription("z goes into G; G and x go into D.");
  await expect(gan.locator("svg polygon")).toHaveCount(2);
  const { lesson, source } = modelInfo("gan");
  await expect(page.getByText(lesson, { exact: true })).toBeVisible();
  await expect(page.getByText(source, { exact: true }).first()).toBeVisible();
});

test("each player has a button for its turns, and G may have several a round", async ({ page }) => {
  const playground = new PlaygroundPage(page);
  await playground.open(TINY);
  for (const { symbol } of Object.values(modelInfo("gan").players)) {
    await expect(playground.button(`Step ${symbol}`)).toBeVisible();
    await expect(page.getByRole("textbox", { name: `${symbol}-steps per round` })).toHaveValue("1");
  }
  const turns = page.getByRole("textbox", { name: "G-steps per round" });
  await turns.fill("3");
  await turns.press("Enter");
  await expect.poll(() => page.url()).toContain("generator.turns=3");
  await playground.button("Step both").click();
  await expect(playground.steps).toHaveText("1");
});

for (const id of MODEL_IDS.filter((one) => one !== "gan" && modelInfo(one).data === "samples")) {
  test(`${id} is chosen by keyboard, keeps data and batch, makes a step, and Undo brings the GAN back`, async ({
    page,
  }) => {
    const playground = new PlaygroundPage(page);
    await playground.open(TINY);
    const models = page.getByRole("group", { name: "Models" });
    const { name, players } = modelInfo(id);
    await models.getByRole("button", { name: "GAN", exact: true }).focus();
    for (let i = 0; i < MODEL_IDS.indexOf(id); i++) await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Enter");
    await expect(models.getByRole("button", { name, exact: true })).toHaveAttribute("aria-pressed", "true");
    await expect.poll(() => page.url()).toContain(`model=${id}`);
    await expect(page.getByRole("textbox", { name: "Batch size" })).toHaveValue("16");
    await expect(page.getByRole("figure", { name: `How a ${name} works, live` })).toBeVisible();
    await expect(page.getByRole("group", { name: "Single steps" }).getByRole("button")).toHaveCount(
      Object.keys(players).length === 1 ? 1 : Object.keys(players).length + 1,
    );
    await page.getByRole("group", { name: "Single steps" }).getByRole("button").last().click();
    await expect(playground.steps).toHaveText("1");
    await playground.button("Undo").click();
    await expect(models.getByRole("button", { name: "GAN", exact: true })).toHaveAttribute("aria-pressed", "true");
  });
}

for (const id of MODEL_IDS.filter((one) => modelInfo(one).judge === null)) {
  test(`${id} beside a GAN on the same data, by keyboard: both train, and what sets them apart is said`, async ({
    page,
  }) => {
    const playground = new PlaygroundPage(page);
    await playground.open(TINY);
    await playground.button("Compare").press("Enter");
    const models = page.getByRole("group", { name: "Models" });
    const { name } = modelInfo(id);
    await models.getByRole("button", { name, exact: true }).press("Enter");
    await expect.poll(() => page.url()).toContain(`b.model=${id}`);
    await playground.button("Train").press("Enter");
    await playground.expectStepsAbove(20);
    await playground.pause.press("Enter");
    await expect(page.getByText(`Arm A is a GAN, arm B a ${name}:`)).toBeVisible();
    await expect(page.getByRole("region", { name: /^Arm [AB]/ })).toHaveCount(2);
  });
}

test("a model that is no GAN is put beside one by one press", async ({ page }) => {
  const playground = new PlaygroundPage(page);
  await playground.open(presetLink("ring-vae"));
  const story = playground.button("Beside a GAN");
  await story.press("Enter");
  await expect(page.getByRole("region", { name: /^Arm [AB]/ })).toHaveCount(2);
  await expect(story).toBeHidden();
  await playground.expectStepsAbove(20); // it has begun
  await expect(page.getByText("Arm A is a VAE, arm B a GAN:")).toBeVisible();
});
for (const id of MODEL_IDS) {
  test(`${id} as a diagram: what goes in and comes out, the numbers of each player, and who learned, by keys`, async ({
    page,
  }) => {
    const playground = new PlaygroundPage(page);
    await playground.open(`#v=1&model=${id}&batchSize=16`);
    const model = modelInfo(id);
    const diagram = page.getByRole("figure", { name: `How a ${model.name} works, live` });
    await expect(diagram).toContainText(flowWords(flowGraph(model)));
    for (const { output } of flowGraph(model).ends) {
      await expect(diagram.getByRole("button", { name: output.symbol }).first()).toBeVisible();
    }
    const turns = stepTurns(model);
    for (const [i, { player, text, key }] of turns.entries()) {
      await page.keyboard.press(key ?? "");
      await expect(playground.steps).toHaveText(String(i + 1));
      // Where several learned there is nobody to be told apart.
      await expect(diagram.locator("[data-moved]")).toHaveCount(player === "all" ? 0 : 1);
      if (player !== "all") await expect(diagram.locator("[data-moved]")).toContainText(text);
    }
    for (const { name } of Object.values(model.players)) {
      await expect(diagram).toContainText(new RegExp(`${name}: loss [−0-9.]+, gradient norm [0-9.]+`));
    }
  });
}
