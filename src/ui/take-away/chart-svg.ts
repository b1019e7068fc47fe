/** A chart of the page as a picture that stands by itself: title, unit and legend in it, no style sheet needed. Text of an SVG. */
import type { RoleColors } from "../theme/colors";

export interface ChartWords {
  readonly title: string;
  readonly unit: string;
  readonly legend: readonly { readonly text: string; readonly color: string; readonly dash: string }[];
}

const NAMESPACE = "http://www.w3.org/2000/svg";
const FAMILY = 'system-ui, -apple-system, "Segoe UI", Roboto, sans-serif';
const PADDING = 12;
const TITLE = 24;
const LEGEND = 20;
/** What style sheets may say of an SVG's elements. */
const STYLED = [
  "fill",
  "stroke",
  "stroke-width",
  "stroke-dasharray",
  "stroke-opacity",
  "opacity",
  "font-size",
  "font-weight",
  "text-anchor",
  "dominant-baseline",
] as const;

/**
 * @param drawing the chart as it stands in the page
 * @returns the file's text, and its size in pixels
 */
export function chartSvg(drawing: SVGSVGElement, words: ChartWords, colors: RoleColors) {
  const box = drawing.getBoundingClientRect();
  const [width, height] = [Math.round(box.width) + 2 * PADDING, Math.round(box.height) + TITLE + LEGEND + 2 * PADDING];
  const svg = element("svg", { width, height, viewBox: `0 0 ${width} ${height}`, "font-family": FAMILY });
  svg.append(element("rect", { width, height, fill: colors.surface }));
  svg.append(text(words.title, { x: PADDING, y: PADDING + 14, fill: colors.ink, "font-size": 15, "font-weight": 600 }));
  const right = { x: width - PADDING, y: PADDING + 14, fill: colors.muted, "font-size": 12, "text-anchor": "end" };
  svg.append(text(words.unit, right));
  let x = PADDING;
  const y = PADDING + TITLE + 9;
  for (const { text: label, color, dash } of words.legend) {
    svg.append(element("path", { d: `M${x} ${y}h20`, stroke: color, "stroke-width": 2.5, "stroke-dasharray": dash }));
    svg.append(text(label, { x: x + 26, y: y + 4, fill: colors.ink, "font-size": 12 }));
    x += 26 + 7 * label.length + 18;
  }
  const plot = withOwnStyles(drawing);
  const place = { x: PADDING, y: PADDING + TITLE + LEGEND, width: box.width, height: box.height };
  for (const [name, value] of Object.entries(place)) plot.setAttribute(name, String(value));
  for (const name of ["class", "style", "role", "aria-label", "tabindex"]) plot.removeAttribute(name);
  svg.append(plot);
  return { text: new XMLSerializer().serializeToString(svg), width, height };
}

/** A copy whose elements carry what the page's style sheets say of them. */
function withOwnStyles(drawing: SVGSVGElement): SVGSVGElement {
  const copy = drawing.cloneNode(true) as SVGSVGElement; // a clone is of its original's kind
  const originals = drawing.querySelectorAll("*");
  for (const [i, one] of copy.querySelectorAll("*").entries()) {
    const original = originals[i];
    if (original === undefined) continue;
    const style = getComputedStyle(original);
    for (const name of STYLED) one.setAttribute(name, style.getPropertyValue(name));
    one.removeAttribute("class");
    one.removeAttribute("style");
  }
  return copy;
}

/** The picture of an SVG's text, `scale` times as large. @throws Error where the browser cannot draw it */
export async function svgCanvas(svg: ReturnType<typeof chartSvg>, scale: number): Promise<HTMLCanvasElement> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg.text)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  Object.assign(canvas, { width: svg.width * scale, height: svg.height * scale });
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas;
}

type Attributes = Readonly<Record<string, string | number>>;

function element(name: string, attributes: Attributes): SVGElement {
  const made = document.createElementNS(NAMESPACE, name) as SVGElement; // of that namespace
  for (const [key, value] of Object.entries(attributes)) if (value !== "") made.setAttribute(key, String(value));
  return made;
}

function text(words: string, attributes: Attributes): SVGElement {
  const made = element("text", attributes);
  made.textContent = words;
  return made;
}
