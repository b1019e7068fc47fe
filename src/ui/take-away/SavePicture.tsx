/** A button that saves a picture as PNG, drawn when it is pressed. Which picture is its place's. */

import { IconDownload } from "@tabler/icons-react";
import { useState } from "react";
import { playground } from "../../client/use-playground";
import { errorSentence } from "../../core/errors";
import { FormError } from "../frame/FormError";
import { useRoleColors } from "../theme/use-role-colors";
import { fileName, savePng } from "./save";
import { drawStill, type Still } from "./stills";

interface Props {
  /** What is saved, as in "Save the plane as PNG". */
  readonly what: string;
  /** What the file's name calls it. */
  readonly id: string;
  /** Null: there is nothing to save yet. */
  readonly make: (() => Still) | null;
  /** Where there is room for no words: the picture of saving alone. */
  readonly small?: boolean;
}

export function SavePicture({ what, id, make, small = false }: Props) {
  const colors = useRoleColors();
  const [error, setError] = useState<string | null>(null);
  const save = () => {
    if (make === null) return;
    const canvas = document.createElement("canvas");
    setError(null);
    drawStill(canvas, make(), colors);
    savePng(canvas, fileName(playground().store.getState(), id, "png")).catch((reason: unknown) =>
      setError(errorSentence(reason)),
    );
  };
  const words = `Save ${what} as PNG`;
  return (
    <>
      <button
        type="button"
        disabled={make === null}
        onClick={save}
        {...(small ? { "aria-label": words, title: words } : {})}
      >
        <IconDownload size={small ? 16 : 14} aria-hidden="true" /> {!small && words}
      </button>
      <FormError text={error} />
    </>
  );
}
