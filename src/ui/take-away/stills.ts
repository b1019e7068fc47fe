/** Pictures to take away: what each looks like at which size, in pixels. Draws; asks nobody and saves nothing. */
import type { ArmView } from "../../client/store";
import { type ArmId, armLetter } from "../../core/arms";
import { type ExperimentConfig, lossOf } from "../../core/config";
import { CLASS_COLUMNS } from "../../core/latents";
import { opinionOf } from "../../core/opinion";
import type { StageFrame } from "../../core/stage";
import { FONT } from "../stage/axes";
import { heatScale } from "../stage/heat-scale";
import { drawImageAt } from "../stage/images-view";
import { D_ENDS, paintLine, paintPlane } from "../stage/paint-points";
import { planeHeight } from "../stage/plot-rect";
import type { RoleColors } from "../theme/colors";

export interface Still {
  readonly width: number; // pixels
  readonly height: number;
  draw(context: CanvasRenderingContext2D): void;
}

/** RGBA bytes [n, height, width, 4]. */
export interface Pixels {
  readonly pixels: Uint8ClampedArray;
  readonly height: number;
  readonly width: number;
}

/** Between two images of a grid, in the images' own pixels. */
const GAP = 1;
/** Columns of a grid of images of no class; as the stage's widest. */
const COLUMNS = 8;
/** Between the pictures of two arms, and around the words under them, in pixels. */
const MARGIN = 12;
const CAPTION = 26;

/** Images row by row, each pixel a square of whole pixels, as large as fits into `side` pixels each way. */
export function imageGrid(images: Pixels, columns: number, side: number): Still {
  const { pixels, height, width } = images;
  const count = pixels.length / (4 * height * width);
  const rows = Math.ceil(count / columns);
  const across = columns * (width + GAP) - GAP;
  const down = rows * (height + GAP) - GAP;
  const scale = Math.max(1, Math.floor(side / Math.max(across, down)));
  return {
    width: across * scale,
    height: down * scale,
    draw(context) {
      for (let i = 0; i < count; i++) {
        const x = (i % columns) * (width + GAP) * scale;
        const y = Math.floor(i / columns) * (height + GAP) * scale;
        const target = { x, y, width: width * scale, height: height * scale };
        drawImageAt(context, { ...images, logits: NO_LOGITS }, i, target);
      }
    },
  };
}

const NO_LOGITS = new Float32Array(0);

/** What the stage shows of an arm: its generated images in a grid, or its points over D's map. */
export function stageStill(
  arm: { readonly id: ArmId; readonly config: ExperimentConfig; readonly latentSample: ArmView["latentSample"] },
  { step, frame }: { readonly step: number; readonly frame: StageFrame },
  side: number,
  colors: RoleColors,
): Still {
  if (frame.kind === "images") {
    const images = { pixels: frame.fakes, height: frame.height, width: frame.width };
    return imageGrid(images, frame.asked === undefined ? COLUMNS : CLASS_COLUMNS, side);
  }
  const loss = lossOf(arm.config);
  const opinion = opinionOf(loss);
  const of = { arm: arm.id, step, loss };
  if (frame.kind === "line") {
    return pageStill(
      side,
      (width) => LINE_SHAPE * width,
      (context, width, height) => paintLine(context, width, height, arm, { frame, opinion, layers: [], of }, colors),
    );
  }
  const map = { map: frame.logits, undecided: opinion.probability, ends: D_ENDS };
  const scale = heatScale(frame.logits, opinion, "contrast");
  const scaleBeside = loss !== null;
  const scene = { frame, window: null, ...map, scale, clusters: null, scaleBeside, layers: [], of };
  return pageStill(
    side,
    (width) => planeHeight(width, scaleBeside),
    (context, width, height) => paintPlane(context, width, height, arm, scene, colors),
  );
}

/** Height of the picture of points on the line, of its width. */
const LINE_SHAPE = 0.6;
/** Marks and type of what is drawn for the page are right at about so many CSS pixels. */
const PAGE_SIDE = 480;

/**
 * A picture that is drawn as for the page, with larger marks and type the larger it is.
 * @param heightOf its height for a width, in CSS pixels as `draw` gets them
 */
export function pageStill(
  width: number,
  heightOf: (width: number) => number,
  draw: (context: CanvasRenderingContext2D, width: number, height: number) => void,
): Still {
  const scale = Math.max(1, width / PAGE_SIDE);
  const own = { width: width / scale, height: heightOf(width / scale) };
  return {
    width,
    height: Math.round(own.height * scale),
    draw(context) {
      context.scale(scale, scale);
      draw(context, own.width, own.height);
    },
  };
}

/** Pictures of arms side by side, each with its letter where there are several, and words under all of them. */
export function besideEachOther(
  stills: readonly { readonly arm: ArmId; readonly still: Still }[],
  caption: string | null,
  colors: RoleColors,
): Still {
  const [first] = stills;
  const several = stills.length > 1;
  if (first !== undefined && !several && caption === null) return first.still;
  const parts = stills.map(({ arm, still }, i) => {
    const words = [several ? `Arm ${armLetter(arm)}` : "", i === 0 ? (caption ?? "") : ""].filter(Boolean);
    return { still, words: words.join(" · ") };
  });
  return labelled(parts, "beside", colors);
}

export interface LabelledStill {
  readonly still: Still;
  /** Under it. */
  readonly words: string;
}

/** Pictures in a row or in a column, with the words of each under it. */
export function labelled(parts: readonly LabelledStill[], how: "beside" | "below", colors: RoleColors): Still {
  const beside = how === "beside";
  const along = parts.map(({ still }) => (beside ? still.width : still.height + CAPTION) + MARGIN);
  const across = Math.max(0, ...parts.map(({ still }) => (beside ? still.height + CAPTION : still.width)));
  const long = along.reduce((sum, length) => sum + length, -MARGIN);
  const [width, height] = beside ? [long, across] : [across, long];
  return {
    width,
    height,
    draw(context) {
      context.fillStyle = colors.surface;
      context.fillRect(0, 0, width, height);
      let at = 0;
      for (const [i, { still, words }] of parts.entries()) {
        context.save();
        context.translate(beside ? at : 0, beside ? 0 : at);
        context.save();
        still.draw(context);
        context.restore();
        context.font = FONT.replace("11px", "14px");
        context.textBaseline = "middle";
        context.fillStyle = colors.ink;
        const middle = (beside ? height : still.height + CAPTION) - CAPTION / 2;
        context.fillText(words, 4, middle, Math.max(1, (beside ? still.width : width) - 8));
        context.restore();
        at += along[i] ?? 0;
      }
    },
  };
}

/** Draws a picture onto a canvas of its size, or of a larger even one, on the page's ground. */
export function drawStill(canvas: HTMLCanvasElement, still: Still, colors: RoleColors, even = false): void {
  const [width, height] = even ? evenSize(still) : [still.width, still.height];
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
  const context = canvas.getContext("2d", { willReadFrequently: even });
  if (context === null) return;
  context.save();
  context.fillStyle = colors.surface;
  context.fillRect(0, 0, width, height);
  still.draw(context);
  context.restore();
}

/** The next even width and height: codecs of video halve the resolution of colours. */
export const evenSize = ({ width, height }: Still): readonly [width: number, height: number] => [
  width + (width % 2),
  height + (height % 2),
];
