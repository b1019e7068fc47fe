/** Points of one's own in the real page: drawn by hand and by keyboard, trained on, in the link; and a table that is dropped. */
import { expect, test } from "@playwright/test";
import { PlaygroundPage } from "./page";

test("a drawn distribution trains like any other, its link opens it elsewhere, and its best D is known", async ({
  page,
  browser,
}) => {
  const playground = new PlaygroundPage(page);
  await playground.open();
  await playground.button("Your points").click();
  const count = page.getByRole("status", { name: "Points so far" });
  await expect(count).toHaveText("0 of 1,000 points");
  const area = page.getByRole("application", { name: /^Drawing area/ });
  const box = await area.boundingBox();
  if (box === null) throw new Error("the drawing area is not shown");
  const at = (x: number, y: number) => [box.x + x * box.width, box.y + y * box.height] as const;
  await page.mouse.move(...at(0.2, 0.3));
  await page.mouse.down();
  for (let i = 0; i <= 10; i++) await page.mouse.move(...at(0.2 + 0.04 * i, 0.3));
  await page.mouse.up();
  await expect(count).toHaveText(/^[5-9]\d of 1,000 points|^1\d\d of/);
  await page.mouse.move(...at(0.7, 0.75));
  await playground.button("Ring").click();
  const both = await count.textContent();
  await playground.button("Undo stroke").click();
  await expect(count).not.toHaveText(both ?? "");
  await playground.button("Ring").click();

  // The eraser by keyboard: the tool is moved and used without a pointer.
  await playground.button("Eraser").click();
  const withRing = await count.textContent();
  await area.focus();
  for (let i = 0; i < 4; i++) await page.keyboard.press("ArrowUp");
  for (let i = 0; i < 12; i++) {
    await page.keyboard.press("Space");
    await page.keyboard.press("ArrowLeft");
  }
  await expect(count).toBeVisible();
  await playground.button("Brush").click();
  await area.focus();
  await page.keyboard.press("Space");
  await expect(count).not.toHaveText(withRing ?? "");

  await playground.button("Use these points").click();
  await expect(playground.combobox("Dataset")).toHaveValue(/^Your points \(\d+\)$/);
  await playground.train.click();
  await playground.expectStepsAbove(5);
  await playground.rest();
  await expect(page.getByText(/What you drew|of what you drew/).first()).toBeVisible();

  const elsewhere = await (await browser.newContext()).newPage();
  await elsewhere.goto(page.url());
  const there = new PlaygroundPage(elsewhere);
  await expect(there.combobox("Dataset")).toHaveValue((await playground.combobox("Dataset").inputValue()) ?? "");
  await there.train.click();
  await there.expectStepsAbove(5);
  await elsewhere.context().close();

  await playground.button("Your points").click();
  await expect(count).not.toHaveText("0 of 1,000 points"); // gone on with, not begun anew
});

test("a table dropped on the page becomes points; a text without numbers is refused in a sentence", async ({
  page,
}) => {
  const playground = new PlaygroundPage(page);
  await playground.open();
  const rows = Array.from({ length: 60 }, (_, i) => `${20 + (i % 7)},${100 + ((i * 5) % 11)}`).join("\n");
  await page.evaluate((text) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([text], "measured.csv"));
    document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: transfer, bubbles: true, cancelable: true }));
  }, `length,width\n${rows}`);
  const count = page.getByRole("status", { name: "Points so far" });
  await expect(count).toHaveText("60 of 1,000 points");
  await expect(page.getByText("1 line holds no point and was left out.")).toBeVisible();
  await page.getByText("Points from a table").click();
  await page.getByRole("textbox", { name: /One or two numbers to a line/ }).fill("no numbers");
  await playground.button("Read the table").click();
  await expect(page.getByRole("alert").filter({ hasText: "There are no numbers in this text" })).toBeVisible();
  await playground.button("Use these points").click();
  await playground.train.click();
  await playground.expectStepsAbove(5);
});
