/** Pictures to take away: which, how large, a look at it, and its PNG. */

import { useComputedColorScheme } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { playground } from "../../client/use-playground";
import { errorSentence } from "../../core/errors";
import { FormError } from "../frame/FormError";
import { NamedSelect } from "../frame/NamedSelect";
import { useRoleColors } from "../theme/use-role-colors";
import { PICTURES } from "./pictures";
import { fileName, savePng } from "./save";
import { drawStill } from "./stills";

const SIDES = [512, 1024, 2048] as const;

export function Stills() {
  const colors = useRoleColors();
  const scheme = useComputedColorScheme("light", { getInitialValueInEffect: false });
  const [id, setId] = useState(PICTURES[0]?.id ?? "");
  const [side, setSide] = useState<number>(1024);
  const [turn, setTurn] = useState(0);
  const [shown, setShown] = useState<{ readonly step: number; readonly size: string } | null>(null);
  const [error, setError] = useState<string | null>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const picture = PICTURES.find((one) => one.id === id);
  const missing = picture?.missing() ?? null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: "Draw again" counts turns
  useEffect(() => {
    let wanted = true;
    setShown(null);
    setError(null);
    if (picture === undefined || missing !== null) return;
    const { step } = playground().store.getState();
    picture
      .make({ side, colors, scheme })
      .then((still) => {
        if (!wanted || canvas.current === null) return;
        drawStill(canvas.current, still, colors);
        setShown({ step, size: `${still.width} × ${still.height} pixels` });
      })
      .catch((reason: unknown) => wanted && setError(errorSentence(reason)));
    return () => {
      wanted = false;
    };
  }, [picture, missing, side, colors, scheme, turn]);
  const save = () => {
    if (canvas.current === null) return;
    savePng(canvas.current, fileName(playground().store.getState(), id, "png")).catch((reason: unknown) =>
      setError(errorSentence(reason)),
    );
  };
  return (
    <section aria-labelledby="take-pictures" className="take-part">
      <h3 id="take-pictures">A picture</h3>
      <div className="take-fields">
        <NamedSelect
          label="Picture"
          value={id}
          choices={PICTURES.map((one) => ({ value: one.id, text: one.name }))}
          onChange={setId}
        />
        <NamedSelect
          label="Longer side"
          value={String(side)}
          choices={SIDES.map((one) => ({ value: String(one), text: `up to ${one} pixels` }))}
          onChange={(value) => setSide(Number(value))}
        />
        <button type="button" className="sheet-form-main" disabled={shown === null} onClick={save}>
          Save as PNG
        </button>
        <button type="button" disabled={missing !== null} onClick={() => setTurn(turn + 1)}>
          Draw again
        </button>
      </div>
      {missing !== null && <p className="take-note">{missing}</p>}
      <FormError text={error} />
      <figure className="take-look" hidden={missing !== null}>
        <canvas ref={canvas} role="img" aria-label="The picture as it will be saved" />
        <figcaption className="take-note number" role="status">
          {shown === null ? "Drawing…" : `Of step ${shown.step.toLocaleString("en")}, ${shown.size}`}
        </figcaption>
      </figure>
    </section>
  );
}
