/** The worker that reads a person's pictures: decoding thousands of them must not hold up the page. One request after the other. */
import { ownPicturesFolder } from "../../core/datasets/own/pictures";
import { answerInOrder } from "../answer-in-order";
import type { PicturesCommand, PicturesEvent, PicturesResults } from "../protocol-pictures";
import { Collection } from "./collection";
import { keepCollection } from "./keep";
import { removeFiles } from "./kept-files";

/** Milliseconds between two reports of progress. */
const REPORT_MS = 60;

const post = (event: PicturesEvent) => self.postMessage(event);

let reported = 0;
const collection = new Collection((done, total) => {
  const now = performance.now();
  if (now - reported < REPORT_MS && done > 0 && done < total) return;
  reported = now;
  post({ type: "progress", done, total });
});

async function obey(command: PicturesCommand): Promise<PicturesResults[PicturesCommand["type"]]> {
  switch (command.type) {
    case "add":
      return collection.add(command.files, command.settings);
    case "change":
      return collection.change(command.settings);
    case "crop":
      return collection.crop(command.index, command.crop);
    case "original":
      return collection.original(command.index);
    case "clear":
      collection.clear();
      return null;
    case "keep":
      return keepCollection(collection, command.name);
    case "remove":
      await removeFiles(ownPicturesFolder(command.id));
      return null;
    default:
      return command satisfies never;
  }
}

answerInOrder(obey, (value) => (value instanceof ImageBitmap ? [value] : []));
