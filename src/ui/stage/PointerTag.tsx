/** What the crosshair on the stage reads, beside it: the point, D there, and whether a press takes a fake's latent. */

import { useEffect, useState } from "react";
import type { LatentState } from "../../client/latents/latent-state";
import type { ArmView } from "../../client/store";
import { useLatents, usePlayground } from "../../client/use-playground";
import type { ArmId } from "../../core/arms";
import { lossOf } from "../../core/config";
import { formatNumber, formatProbability } from "../../core/format";
import { modelOf } from "../../core/models";
import { opinionOf } from "../../core/opinion";
import type { PlaneWindow } from "../../core/plane-window";
import { useLabModule } from "../lab/lab-module";
import { Reading } from "../theme/Reading";
import type { Rect } from "./axes";
import { ARM } from "./live";
import { plotScales } from "./plot-scales";
import { fakeAt } from "./take-fake";

/** A reading that is spoken waits until the crosshair rests. */
const SPEAK_AFTER_MS = 600;

interface Props {
  readonly arm: ArmId;
  readonly dimension: 1 | 2;
  /** What the picture shows. */
  readonly window: PlaneWindow;
  readonly rectOf: (width: number, height: number) => Rect;
  /** How near a fake must be to be taken, CSS pixels. */
  readonly near: number;
}

const POINTER = (state: LatentState) => state.pointer;

export function PointerTag({ arm, dimension, window, rectOf, near }: Props) {
  const pointer = useLatents(POINTER);
  const view = usePlayground((state) => (pointer === null ? undefined : ARM[arm](state)));
  const [box, setBox] = useState<HTMLElement | null>(null);
  const judged = pointer?.judged;
  const logit = judged?.logits.find((one) => one.arm === arm)?.logit;
  const opinion = opinionOf(view === undefined ? null : lossOf(view.config));
  const judges = view !== undefined && modelOf(view.config).judge !== null;
  const here = pointer === null ? null : coordinates(pointer.x, window.half);
  const text =
    !judges || judged === undefined || judged === null || logit === undefined || judged.x.length !== dimension
      ? null
      : { x: coordinates(judged.x, window.half), d: opinion.format(opinion.value(logit)) };
  const theory = useTheory(view, judged?.x ?? null);
  const more =
    theory === null ? "" : `, best D ${theory.best}, density of the data ${theory.pData}, of the fakes ${theory.pG}`;
  const spoken = useRested(
    text !== null ? `x = ${text.x}, D of x = ${text.d}${more}` : here === null || judges ? "" : `x = ${here}`,
  );
  const shown = pointer !== null && pointer.x.length === dimension && box !== null;
  const rect = rectOf(box?.clientWidth ?? 0, box?.clientHeight ?? 0);
  const scales = plotScales(rect, window, dimension);
  const left = scales.x(pointer?.x[0] ?? 0);
  const top = dimension === 1 ? rect.top + 30 : scales.y(pointer?.x[1] ?? 0);
  const flipped = { x: left > rect.left + rect.width / 2, y: top > rect.top + rect.height / 2 };
  const fake = shown && fakeAt(view, dimension, pointer.x, (2 * window.half * near) / rect.width) !== null;
  return (
    <div ref={setBox} className="pointer-place">
      {shown && (
        <div
          className="pointer-tag"
          aria-hidden="true"
          style={{
            transform: `translate(${left}px, ${top}px) translate(${flipped.x ? "calc(-100% - 12px)" : "12px"}, ${flipped.y ? "calc(-100% - 12px)" : "12px"})`,
          }}
        >
          <span>
            x <Reading width={dimension === 1 ? 6 : 13}>{text?.x ?? (judges ? "–" : here)}</Reading>
          </span>
          {judges && (
            <span>
              <b className="role-discriminator">D(x)</b> <Reading>{text?.d ?? "–"}</Reading>
            </span>
          )}
          {theory !== null && (
            <>
              <span>
                <b className="role-discriminator">D*(x)</b> <Reading>{theory.best}</Reading>
              </span>
              <span>
                <b className="role-real">p_data</b> <Reading>{theory.pData}</Reading>
              </span>
              <span>
                <b className="role-fake">p_g</b> <Reading>{theory.pG}</Reading>
              </span>
            </>
          )}
          <small style={{ visibility: fake ? "visible" : "hidden" }}>press: take this fake's z</small>
        </div>
      )}
      <span className="visually-hidden" role="status">
        {spoken}
      </span>
    </div>
  );
}

/** In the lab, what theory knows of a place; null elsewhere, and where it knows nothing. */
function useTheory(view: ArmView | undefined, x: Float32Array | null) {
  const lab = useLabModule();
  const frame = view?.stage?.frame;
  if (lab === null || view === undefined || frame === undefined || frame.kind === "images" || x === null) return null;
  const found = lab.theoryAt(view.config, frame, x);
  if (found === null) return null;
  return { best: formatProbability(found.best), pData: formatNumber(found.pData, 2), pG: formatNumber(found.pG, 2) };
}

/** "(0.41, −1.30)", with as many decimals as the picture can show. */
function coordinates(x: Float32Array, half: number): string {
  const decimals = half < 1 ? 3 : 2;
  const numbers = Array.from(x, (value) => value.toFixed(decimals).replace("-", "−"));
  return numbers.length === 1 ? (numbers[0] ?? "") : `(${numbers.join(", ")})`;
}

/** The latest text that stayed for a while. */
function useRested(text: string): string {
  const [rested, setRested] = useState("");
  useEffect(() => {
    const timer = setTimeout(() => setRested(text), SPEAK_AFTER_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return rested;
}
