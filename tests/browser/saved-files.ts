/** Files that the page hands to a person, opened again as another program would. */
import { readFileSync } from "node:fs";
import type { Locator } from "@playwright/test";

/** Presses what saves a file. @returns the file, and its name */
export async function savedBy(button: Locator): Promise<{ readonly bytes: Buffer; readonly name: string }> {
  const download = button.page().waitForEvent("download");
  await button.click();
  const file = await download;
  return { bytes: readFileSync(await file.path()), name: file.suggestedFilename() };
}

/** Sizes and delays (in hundredths of a second) of a GIF's frames, by walking its blocks (GIF89a, section 16 on). */
export function gifFrames(bytes: Uint8Array) {
  const word = (at: number) => (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8);
  const colours = (flags: number) => (flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0);
  const pastSubBlocks = (at: number) => {
    let next = at;
    while ((bytes[next] ?? 0) > 0) next += (bytes[next] ?? 0) + 1;
    return next + 1;
  };
  const frames: { width: number; height: number; delay: number }[] = [];
  let at = 13 + colours(bytes[10] ?? 0);
  let delay = 0;
  while (bytes[at] !== 0x3b) {
    if (bytes[at] === 0x21) {
      if (bytes[at + 1] === 0xf9) delay = word(at + 4);
      at = pastSubBlocks(at + 2);
    } else if (bytes[at] === 0x2c) {
      frames.push({ width: word(at + 5), height: word(at + 7), delay });
      at = pastSubBlocks(at + 10 + colours(bytes[at + 9] ?? 0) + 1);
    } else throw new Error(`byte ${at} begins no block of a GIF`);
  }
  return frames;
}

/** What an SVG's text shows where nothing else is at hand, in the browser of the page that saved it. */
export function svgSeen(button: Locator, text: string) {
  return button.page().evaluate(async (svg) => {
    const image = new Image();
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
    await image.decode();
    const parsed = new DOMParser().parseFromString(svg, "image/svg+xml");
    return {
      width: image.naturalWidth,
      words: parsed.documentElement.textContent ?? "",
      strokes: [...parsed.querySelectorAll("path")].map((path) => path.getAttribute("stroke")),
      styled: parsed.querySelectorAll("[class], [style], style").length,
    };
  }, text);
}
