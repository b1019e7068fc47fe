/** Films to take away: training or a walk, as GIF, MP4 or WebM; progress, cancel, and a look at what was made. */

import { useReducedMotion } from "@mantine/hooks";
import { useEffect, useState } from "react";
import { filmFormats } from "../../client/media/films";
import { playground } from "../../client/use-playground";
import { FILM_FORMATS, type FilmFormat } from "../../worker/protocol-media";
import { FormError } from "../frame/FormError";
import { NamedSelect } from "../frame/NamedSelect";
import { useRoleColors } from "../theme/use-role-colors";
import type { FilmScene } from "./film-scenes";
import { cancelFilm, type FilmJob, makeFilm, useFilm } from "./film-store";
import { fileName, saveFile } from "./save";
import "./take-away.css";

const SECONDS = [3, 6, 12] as const;
const SIDES = [240, 480, 720] as const;
/** GIF counts in hundredths of a second: its rate divides a hundred. Enough for the eye, few enough for the file. */
const FRAMES_PER_SECOND = 10;

const FORMAT_NAMES: Readonly<Record<FilmFormat, string>> = { gif: "GIF", mp4: "MP4", webm: "WebM" };

interface Props {
  readonly title: string;
  /** To choose among. */
  readonly scenes: readonly FilmScene[];
}

export function Films({ title, scenes }: Props) {
  const colors = useRoleColors();
  const formats = useFormats();
  const job = useFilm((state) => state.job);
  const [id, setId] = useState(scenes[0]?.id ?? "");
  const [format, setFormat] = useState<FilmFormat>("gif");
  const [seconds, setSeconds] = useState<number>(6);
  const [side, setSide] = useState<number>(480);
  const scene = scenes.find((one) => one.id === id);
  const missing = scene?.missing() ?? null;
  const make = () => {
    if (scene === undefined) return;
    const name = fileName(playground().store.getState(), scene.id, format);
    void makeFilm({ scene, format, name, seconds, side, framesPerSecond: FRAMES_PER_SECOND, colors });
  };
  return (
    <section aria-labelledby="take-films" className="take-part">
      <h3 id="take-films">{title}</h3>
      <div className="take-fields">
        <NamedSelect
          label="Film"
          value={id}
          choices={scenes.map((one) => ({ value: one.id, text: one.name }))}
          onChange={setId}
        />
        <NamedSelect
          label="Format"
          value={format}
          choices={formats.map((one) => ({ value: one, text: FORMAT_NAMES[one] }))}
          onChange={setFormat}
        />
        <NamedSelect
          label="Length"
          value={String(seconds)}
          choices={SECONDS.map((one) => ({ value: String(one), text: `${one} s` }))}
          onChange={(value) => setSeconds(Number(value))}
        />
        <NamedSelect
          label="Side"
          value={String(side)}
          choices={SIDES.map((one) => ({ value: String(one), text: `up to ${one} pixels` }))}
          onChange={(value) => setSide(Number(value))}
        />
        <button
          type="button"
          className="sheet-form-main"
          disabled={missing !== null || job.kind === "making"}
          onClick={make}
        >
          Make the film
        </button>
      </div>
      <p className="take-note">{missing ?? scene?.text}</p>
      <Job job={job} />
    </section>
  );
}

/** Formats that this browser can make; GIF until it has been asked. */
function useFormats(): readonly FilmFormat[] {
  const [formats, setFormats] = useState<readonly FilmFormat[]>(["gif"]);
  useEffect(() => {
    let wanted = true;
    filmFormats().then(
      (known) => wanted && setFormats(FILM_FORMATS.filter((format) => known.includes(format))),
      () => {}, // then GIF alone
    );
    return () => {
      wanted = false;
    };
  }, []);
  return formats;
}

function Job({ job }: { readonly job: FilmJob }) {
  const still = useReducedMotion();
  if (job.kind === "none") return null;
  if (job.kind === "failed") return <FormError text={job.why} />;
  if (job.kind === "making") {
    return (
      <div className="take-progress">
        <label className="number">
          Frame {job.done} of {job.total}
          <progress value={job.done} max={job.total} />
        </label>
        <button type="button" onClick={cancelFilm}>
          Cancel the film
        </button>
      </div>
    );
  }
  const { address, blob, format, name } = job;
  return (
    <div className="take-made">
      {format === "gif" ? (
        <img src={address} alt="The film that was made" />
      ) : (
        <video src={address} controls loop muted autoPlay={!still} playsInline aria-label="The film that was made" />
      )}
      <p role="status">
        The film is made: {FORMAT_NAMES[format]}, {kilobytes(blob.size)}.
      </p>
      <button type="button" className="sheet-form-main" onClick={() => saveFile(blob, name)}>
        Save the film
      </button>
    </div>
  );
}

const kilobytes = (bytes: number) =>
  bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1e3))} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
