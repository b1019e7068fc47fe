/** Pictures of one's own, with real files in the real page: added, trained on, found again after a reload. */
import { expect, type Page, test } from "@playwright/test";
import { encode } from "fast-png";
import { zipSync } from "fflate";
import { PlaygroundPage } from "./page";

interface TestFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** A square of one colour on another, no two alike. */
function png(i: number, side = 40): Uint8Array {
  const data = new Uint8Array(side * side * 3);
  for (let p = 0; p < side * side; p++) {
    const inside = Math.abs((p % side) - 20) < 5 + (i % 10) && Math.abs(Math.floor(p / side) - 20) < 8;
    data.set(inside ? [250, i, 40] : [20, 60, 255 - i], 3 * p);
  }
  return encode({ width: side, height: side, data, channels: 3 });
}

const text = (words: string) => new TextEncoder().encode(words);

/** Drops files on the page as a hand would: the browser makes the event's files of these bytes. */
async function drop(page: Page, files: readonly TestFile[]): Promise<void> {
  const sent = files.map(({ name, bytes }) => ({ name, data: Buffer.from(bytes).toString("base64") }));
  await page.evaluate((all) => {
    const transfer = new DataTransfer();
    for (const { name, data } of all) {
      transfer.items.add(new File([Uint8Array.from(atob(data), (c) => c.charCodeAt(0))], name));
    }
    document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: transfer, bubbles: true, cancelable: true }));
  }, sent);
}

const status = (page: Page) => page.getByRole("status", { name: "Pictures so far" });

test("200 pictures, 3 broken ones and a text file: the good ones train, the others are named, a reload finds the set", async ({
  page,
}) => {
  const playground = new PlaygroundPage(page);
  await playground.open();
  const good = Array.from({ length: 200 }, (_, i) => ({ name: `square-${i}.png`, bytes: png(i) }));
  const broken = [
    { name: "cut.png", bytes: png(1).slice(0, 60) },
    { name: "empty.png", bytes: new Uint8Array(0) },
    { name: "noise.jpg", bytes: Uint8Array.from([0xff, 0xd8, 0xff, 1, 2, 3, 4, 5, 6, 7]) },
  ];
  await drop(page, [...good, ...broken, { name: "notes.txt", bytes: text("no picture") }]);
  await expect(status(page)).toHaveText("200 pictures; 4 files not used");
  const wrong = page.getByRole("list", { name: "Files that are not used" });
  await expect(wrong.getByRole("listitem")).toHaveCount(4);
  await expect(wrong).toContainText("empty.png: The file is empty.");
  await expect(wrong).toContainText("notes.txt: This is no picture");
  await expect(wrong).toContainText("cut.png: The picture is damaged");
  await expect(page.getByText("With so few pictures D soon knows them by heart")).toBeVisible();

  await page.getByLabel("Size", { exact: true }).selectOption("16");
  await page.getByLabel("Name", { exact: true }).fill("Squares");
  await page.getByLabel("Augment what D sees").check();
  await playground.button("Use these pictures").click();
  await expect(playground.combobox("Dataset")).toHaveValue("Squares");
  await playground.train.click();
  await playground.expectStepsAbove(1);
  await expect(page.getByRole("img", { name: "Real samples" })).toBeVisible();
  await playground.rest();

  await page.getByText("About this set").click();
  await expect(page.getByText("180 to train on, 20 held out: they tell learning from learning by heart")).toBeVisible();
  const address = page.url();
  expect(address).toContain("augment.cutout=0.5"); // the advice was taken by a click
  expect(decodeURIComponent(address)).toMatch(/dataset=pictures:16x16x3:180-20:1:[0-9a-f]{16}/);
  await page.reload();
  await expect(playground.combobox("Dataset")).toHaveValue("Squares");
  await playground.train.click();
  await playground.expectStepsAbove(1);

  await playground.button("Your pictures").click();
  await page.getByRole("button", { name: "Remove Squares" }).click();
  await expect(page.getByRole("region", { name: "Kept sets" })).toHaveCount(0);
});

test("a link to pictures of another browser says where they are", async ({ page }) => {
  await page.goto("/#v=2&dataset=pictures:16x16x3:200:1:0123456789abcdef");
  await expect(page.getByText(/These pictures are not in this browser/).first()).toBeVisible();
  await expect(page.getByText(/Add the same pictures here, or choose another dataset/).first()).toBeVisible();
});

test("MNIST's own kind of file, with its labels, becomes a set with classes", async ({ page }) => {
  const playground = new PlaygroundPage(page);
  await playground.open();
  const count = 60;
  const head = (...sides: number[]) => [0, 0, 8, sides.length, ...sides.flatMap((n) => [0, 0, n >> 8, n & 255])];
  const images = Uint8Array.from([...head(count, 28, 28), ...Array.from({ length: count * 784 }, (_, i) => i % 251)]);
  const labels = Uint8Array.from([...head(count), ...Array.from({ length: count }, (_, i) => i % 3)]);
  await drop(page, [
    { name: "images-idx3-ubyte", bytes: images },
    { name: "labels-idx1-ubyte", bytes: labels },
  ]);
  await expect(status(page)).toHaveText("60 pictures, 3 classes: 0 20, 1 20, 2 20");
  await page.getByLabel("Size", { exact: true }).selectOption("28");
  await page.getByLabel("Colours", { exact: true }).selectOption("grey");
  await playground.button("Use these pictures").click();
  await playground.train.click();
  await playground.expectStepsAbove(1);
  expect(decodeURIComponent(page.url())).toMatch(/dataset=pictures:28x28x1:54-6:3:/);
});

test("a zip of folders gives classes; a picture is cropped by hand; NumPy's arrays are read", async ({ page }) => {
  await page.addInitScript(() => {
    const { close } = ImageBitmap.prototype;
    Reflect.set(globalThis, "closedBitmaps", 0);
    ImageBitmap.prototype.close = function () {
      Reflect.set(globalThis, "closedBitmaps", Number(Reflect.get(globalThis, "closedBitmaps")) + 1);
      close.call(this);
    };
  });
  const playground = new PlaygroundPage(page);
  await playground.open();
  const folders = { "cats/a.png": png(1), "cats/b.png": png(2), "dogs/c.png": png(3), "dogs/.hidden": text("x") };
  const header = "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 8, 8, 3), }".padEnd(117, " ");
  const npy = [0x93, ...text("NUMPY"), 1, 0, header.length + 1, 0, ...text(`${header}\n`)];
  const numbers = new Uint8Array(Float32Array.from({ length: 384 }, (_, i) => (i % 97) / 97).buffer);
  await drop(page, [{ name: "animals.zip", bytes: zipSync(folders) }]);
  await expect(status(page)).toHaveText("3 pictures, 2 classes: cats 2, dogs 1");
  await drop(page, [{ name: "array.npy", bytes: Uint8Array.from([...npy, ...numbers]) }]);
  await expect(status(page)).toContainText("5 pictures, 3 classes");

  const first = page.getByRole("button", { name: "Crop picture 1", exact: true });
  const before = await playground.pixels(first.locator("canvas"));
  await first.click();
  const editor = page.getByRole("region", { name: "Picture 1, cropped by hand" });
  await editor.getByLabel("Zoom").focus();
  for (let i = 0; i < 8; i++) await page.keyboard.press("ArrowRight");
  await expect.poll(() => playground.pixels(first.locator("canvas"))).not.toBe(before);
  await first.click();
  await expect(editor).toHaveCount(0);
  expect(await page.evaluate(() => Reflect.get(globalThis, "closedBitmaps"))).toBe(1); // the whole picture's memory is given back
});

test("while 2,000 pictures are read, training and the page go on; the page's long tasks are in the report", async ({
  page,
}) => {
  const playground = new PlaygroundPage(page);
  await playground.open();
  await playground.train.click();
  const files = Array.from({ length: 400 }, (_, i) => [`p${i}.png`, png(i, 64)] as const);
  const five = Object.fromEntries(
    [0, 1, 2, 3, 4].flatMap((k) => files.map(([name, bytes]) => [`${k}-${name}`, bytes])),
  );
  await page.evaluate(() => {
    const tasks: number[] = [];
    Object.assign(window, { tasks });
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) tasks.push(duration);
    }).observe({ type: "longtask" });
  });
  await drop(page, [{ name: "many.zip", bytes: zipSync(five, { level: 0 }) }]);
  await expect(page.getByText(/of 2,000 pictures/)).toBeVisible();
  await playground.expectStepsAbove(await playground.stepCount());
  await expect(status(page)).toHaveText("2,000 pictures", { timeout: 60_000 });
  const tasks = await page.evaluate(() => (window as unknown as { tasks: number[] }).tasks);
  test.info().annotations.push({ type: "long tasks", description: tasks.map(Math.round).join(", ") });
});
