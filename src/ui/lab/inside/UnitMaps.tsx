/** What each unit of a layer gives for the sample: a picture a unit, on one canvas; press one to look at it. */
import { useElementSize } from "@mantine/hooks";
import { type CSSProperties, useCallback, useMemo } from "react";
import { formatNumber } from "../../../core/format";
import { deadUnits, type Inside } from "../../../core/inside";
import { useRoving } from "../../frame/use-roving";
import { Canvas, type Paint } from "../../stage/Canvas";
import { drawImageAt } from "../../stage/images-view";
import { useRoleColors } from "../../theme/use-role-colors";
import { look } from "./inside-store";
import { reachOf, tileImages, tilesOf } from "./unit-tiles";

/** Units that are shown at most; of more, those come first that do or give most. */
export const MOST_UNITS = 256;
const GAP = 3;
/** A picture of many pixels wants more room than one number. */
const SIDES = { map: 44, number: 24, touch: 44 } as const;

interface Props {
  readonly inside: Inside;
  readonly role: "generator" | "discriminator";
  readonly unit: number | null;
  readonly off: readonly number[];
  /** What each unit changes alone, where that was measured. */
  readonly changes: Float32Array | null;
}

/** Units in the order in which they are shown. */
export function orderOf({ statistics, maps }: Inside, changes: Float32Array | null): readonly number[] {
  const count = statistics.mean.length;
  const all = Array.from({ length: count }, (_, unit) => unit);
  if (changes === null && count <= MOST_UNITS) return all;
  const given = (unit: number) =>
    Math.max(Math.abs(statistics.highest[unit] ?? 0), Math.abs(statistics.lowest[unit] ?? 0));
  const weight = (unit: number) => changes?.[unit] ?? given(unit);
  const finite = (value: number) => (Number.isFinite(value) ? value : -1);
  return maps.length === 0 ? [] : all.sort((a, b) => finite(weight(b)) - finite(weight(a))).slice(0, MOST_UNITS);
}

const NOTHING = () => () => {};

export function UnitMaps({ inside, role, unit: chosen, off, changes }: Props) {
  const colors = useRoleColors();
  const box = useElementSize();
  const roving = useRoving<HTMLFieldSetElement>("button");
  const tiles = useMemo(() => tilesOf(inside.maps, inside.shape), [inside]);
  const units = useMemo(() => orderOf(inside, changes), [inside, changes]);
  const dead = useMemo(() => new Set(deadUnits(inside)), [inside]);
  const coarse = window.matchMedia("(pointer: coarse)").matches;
  const side = coarse ? SIDES.touch : tiles.height * tiles.width > 1 ? SIDES.map : SIDES.number;
  const columns = Math.max(1, Math.floor((box.width + GAP) / (side + GAP)));
  const height = Math.ceil(units.length / columns) * (side + GAP);
  const paint = useCallback<Paint>(
    (context) => {
      const images = tileImages(tiles, reachOf(tiles.values), colors[role], colors);
      for (const [i, unit] of units.entries()) {
        const [x, y] = [(i % columns) * (side + GAP), Math.floor(i / columns) * (side + GAP)];
        drawImageAt(context, images, unit, { x, y, width: side, height: side });
        context.lineWidth = 1;
        context.strokeStyle = colors.line;
        context.strokeRect(x + 0.5, y + 0.5, side - 1, side - 1);
        if (off.includes(unit)) cross(context, x, y, side, colors.ink);
        else if (dead.has(unit)) slash(context, x, y, side, colors.muted);
      }
    },
    [tiles, units, columns, side, off, dead, role, colors],
  );
  const place = (i: number): CSSProperties => ({
    left: (i % columns) * (side + GAP),
    top: Math.floor(i / columns) * (side + GAP),
    width: side,
    height: side,
  });
  return (
    <div ref={box.ref} className="inside-units" style={{ height }}>
      {box.width > 0 && (
        <>
          <Canvas label="What each unit gives" subscribe={NOTHING} paint={paint} />
          <fieldset {...roving}>
            <legend className="visually-hidden">Units; arrow keys go from one to the next</legend>
            {units.map((unit, i) => (
              <button
                key={unit}
                type="button"
                style={place(i)}
                aria-pressed={unit === chosen}
                aria-label={words(unit, inside, dead.has(unit), off.includes(unit))}
                title={`Unit ${unit + 1}`}
                onClick={() => look({ unit: unit === chosen ? null : unit })}
              />
            ))}
          </fieldset>
        </>
      )}
    </div>
  );
}

function words(unit: number, { statistics }: Inside, dead: boolean, off: boolean): string {
  const state = off ? ", switched off" : dead ? ", at rest" : "";
  return `Unit ${unit + 1}: mean ${formatNumber(statistics.mean[unit] ?? Number.NaN, 2)}${state}`;
}

function cross(context: CanvasRenderingContext2D, x: number, y: number, side: number, color: string): void {
  slash(context, x, y, side, color);
  line(context, color, x + 2, y + 2, x + side - 2, y + side - 2);
}

function slash(context: CanvasRenderingContext2D, x: number, y: number, side: number, color: string): void {
  line(context, color, x + 2, y + side - 2, x + side - 2, y + 2);
}

function line(context: CanvasRenderingContext2D, color: string, x0: number, y0: number, x1: number, y1: number): void {
  context.strokeStyle = color;
  context.lineWidth = 1.5;
  context.beginPath();
  context.moveTo(x0, y0);
  context.lineTo(x1, y1);
  context.stroke();
}
