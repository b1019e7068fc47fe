/** The worker that makes films: coding colours and video must hold up neither the page nor training. One request after the other. */
import { answerInOrder } from "../answer-in-order";
import type { FilmFormat, FilmShape, MediaCommand, MediaResults } from "../protocol-media";
import type { FilmMaker } from "./film";

let film: FilmMaker | null = null;

async function formats(): Promise<readonly FilmFormat[]> {
  const { canMakeVideo } = await import("./video");
  const videos = ["mp4", "webm"] as const;
  const can = await Promise.all(videos.map(canMakeVideo));
  return ["gif", ...videos.filter((_, i) => can[i])];
}

/** Each format's code is fetched when one is made. */
async function begin(format: FilmFormat, shape: FilmShape): Promise<FilmMaker> {
  if (format === "gif") return (await import("./gif")).makeGif(shape);
  return (await import("./video")).makeVideo(format, shape);
}

function begun(): FilmMaker {
  if (film === null) throw new Error("No film was begun; this is a bug.");
  return film;
}

async function obey(command: MediaCommand): Promise<MediaResults[MediaCommand["type"]]> {
  switch (command.type) {
    case "formats":
      return formats();
    case "begin":
      film = await begin(command.format, command.shape);
      return null;
    case "frame":
      await begun().add(command.pixels);
      return null;
    case "finish":
      return begun().finish();
    default:
      return command satisfies never;
  }
}

answerInOrder(obey, (value) => (value instanceof Uint8Array ? [value.buffer] : []));
