/** Pictures of one's own on their way to a dataset: adding, size and colour, a look at them, what went wrong, keeping. */

import { useEffect, useId, useRef, useState } from "react";
import { useOwnPictures, useOwnPicturesActions } from "../../client/pictures/use-own-pictures";
import { panelConfig } from "../../client/selectors";
import { playground, useActions } from "../../client/use-playground";
import { withDataset } from "../../core/architecture/adapt";
import { SUGGESTED_AUGMENT } from "../../core/augment";
import { type ExperimentConfig, isAdversarial } from "../../core/config";
import type { OwnPicturesId } from "../../core/datasets/own/pictures";
import { FEWEST_PICTURES } from "../../core/datasets/own/pictures";
import { FormError } from "../frame/FormError";
import { droppedFiles, pickedFiles } from "./dropped-files";
import { KeptSets } from "./KeptSets";
import { PicturePreview } from "./PicturePreview";
import { PictureSettingsFields } from "./PictureSettingsFields";
import { closePictures, takeDropped, usePicturesSheet } from "./pictures-store";
import { WrongFiles } from "./WrongFiles";
import "../frame/sheet-form.css";
import "./pictures.css";

/** Below this, D soon knows every picture by heart (Zhao et al. 2020, on a hundred pictures). */
const FEW = 500;

export default function PictureSet() {
  const { collected, progress, busy, error } = useOwnPictures((state) => state);
  const actions = useOwnPicturesActions();
  const { setConfig } = useActions();
  const [name, setName] = useState("");
  const [over, setOver] = useState(false);
  const [augment, setAugment] = useState(false);
  const count = collected?.count ?? 0;
  const nameField = useId();
  const dropped = usePicturesSheet((state) => state.dropped);

  useEffect(() => {
    if (dropped.length > 0) void actions.add(takeDropped());
  }, [dropped, actions]);

  const use = (id: OwnPicturesId, withAugment = false) => {
    const config = withDataset(panelConfig(playground().store.getState()), id);
    setConfig(withAugment ? augmented(config) : config);
    closePictures();
  };
  const keep = async () => {
    const id = await actions.keep(name.trim() || nameOf(collected?.classes ?? []));
    if (id === null) return;
    void actions.clear();
    setName("");
    use(id, augment && count < FEW);
  };

  return (
    <section
      className="sheet-form pictures"
      aria-label="Making a set of pictures"
      data-over={over || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        event.stopPropagation();
        setOver(false);
        void droppedFiles(event.dataTransfer).then(actions.add);
      }}
    >
      <p>
        Drop pictures, folders, a zip, MNIST's IDX files or NumPy arrays here, or paste a picture. They stay in this
        browser and are sent nowhere. Folders become classes.
      </p>
      <Pickers disabled={busy} />
      <PictureSettingsFields />
      {progress !== null && (
        <div className="pictures-progress">
          <label htmlFor={`${nameField}-progress`}>
            {progress.done.toLocaleString("en")} of {progress.total.toLocaleString("en")} pictures
          </label>
          <progress id={`${nameField}-progress`} value={progress.done} max={progress.total} />
        </div>
      )}
      <FormError text={error} />
      {collected !== null && (
        <>
          <p role="status" aria-label="Pictures so far">
            <strong>{count.toLocaleString("en")} pictures</strong>
            {collected.classes.length > 1 && `, ${classWords(collected.classes)}`}
            {collected.wrong.length > 0 && `; ${filesWords(collected.wrong.length)} not used`}
          </p>
          <WrongFiles wrong={collected.wrong} />
          {count > 0 && <PicturePreview collected={collected} />}
          {count > 0 && count < FEW && (
            <div className="pictures-advice">
              <p>
                With so few pictures D soon knows them by heart, and G stops learning. Add more if you can: a few
                hundred of one kind, framed alike, go a long way. Augmentation shows D each picture in ever new ways,
                mirrored, moved, tinted and partly hidden, reals and fakes alike (Zhao et al. 2020).
              </p>
              <label>
                <input
                  type="checkbox"
                  checked={augment}
                  onChange={(event) => setAugment(event.currentTarget.checked)}
                />{" "}
                Augment what D sees
              </label>
            </div>
          )}
          <div className="pictures-keep">
            <label htmlFor={nameField}>Name</label>
            <input
              id={nameField}
              value={name}
              maxLength={60}
              placeholder={nameOf(collected.classes)}
              onChange={(event) => setName(event.currentTarget.value)}
            />
            <button
              type="button"
              className="sheet-form-main"
              disabled={busy || count < FEWEST_PICTURES}
              onClick={() => void keep()}
            >
              Use these pictures
            </button>
            <button type="button" disabled={busy} onClick={() => void actions.clear()}>
              Start over
            </button>
          </div>
        </>
      )}
      <KeptSets onUse={use} />
    </section>
  );
}

function Pickers({ disabled }: { readonly disabled: boolean }) {
  const actions = useOwnPicturesActions();
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  useEffect(() => {
    folder.current?.setAttribute("webkitdirectory", ""); // React knows no such property
  }, []);
  useEffect(() => {
    const paste = (event: ClipboardEvent) => {
      const pasted = pickedFiles(event.clipboardData?.files ?? []);
      if (pasted.length > 0) void actions.add(pasted);
    };
    window.addEventListener("paste", paste);
    return () => window.removeEventListener("paste", paste);
  }, [actions]);
  const picked = (event: React.ChangeEvent<HTMLInputElement>) => {
    const chosen = pickedFiles(event.currentTarget.files ?? []);
    event.currentTarget.value = ""; // the same files may be chosen again
    if (chosen.length > 0) void actions.add(chosen);
  };
  return (
    <div className="pictures-pick">
      <button type="button" disabled={disabled} onClick={() => files.current?.click()}>
        Choose files
      </button>
      <button type="button" disabled={disabled} onClick={() => folder.current?.click()}>
        Choose a folder
      </button>
      <input ref={files} type="file" multiple hidden aria-label="Files with pictures" onChange={picked} />
      <input ref={folder} type="file" multiple hidden aria-label="A folder with pictures" onChange={picked} />
    </div>
  );
}

/** The experiment with what few pictures are best trained with; a model without D stays as it is. */
function augmented(config: ExperimentConfig): ExperimentConfig {
  return isAdversarial(config) ? { ...config, model: { ...config.model, augment: SUGGESTED_AUGMENT } } : config;
}

type Classes = readonly { readonly name: string; readonly count: number }[];

function nameOf(classes: Classes): string {
  const names = classes.map(({ name }) => name);
  return names.length === 1 && names[0] === "pictures" ? "My pictures" : names.slice(0, 3).join(", ").slice(0, 60);
}

const MOST_NAMED = 12;

function classWords(classes: Classes): string {
  const words = classes.slice(0, MOST_NAMED).map(({ name, count }) => `${name} ${count.toLocaleString("en")}`);
  const more = classes.length - words.length;
  return `${classes.length} classes: ${words.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}

const filesWords = (count: number) => (count === 1 ? "1 file" : `${count.toLocaleString("en")} files`);
