/** Files dropped anywhere on the page: pictures go to the sheet for pictures, tables of numbers to that for points. */
import { useEffect } from "react";
import { openPoints } from "../points/points-store";
import { droppedFiles } from "./dropped-files";
import { openPictures } from "./pictures-store";

const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files") === true;

export function DropAnywhere() {
  useEffect(() => {
    const over = (event: DragEvent) => {
      if (hasFiles(event)) event.preventDefault(); // otherwise the browser opens the file in the page's place
    };
    const drop = (event: DragEvent) => {
      if (!hasFiles(event) || event.dataTransfer === null) return;
      event.preventDefault();
      void droppedFiles(event.dataTransfer).then((files) => {
        const [only] = files;
        if (files.length === 1 && only !== undefined && /\.(csv|tsv)$/i.test(only.path)) openPoints(only.file);
        else openPictures(files);
      });
    };
    window.addEventListener("dragover", over);
    window.addEventListener("drop", drop);
    return () => {
      window.removeEventListener("dragover", over);
      window.removeEventListener("drop", drop);
    };
  }, []);
  return null;
}
