/** The sheet in which pictures of one's own become a dataset; files dropped anywhere on the page open it. */
import { lazy } from "react";
import { Sheet } from "../frame/Sheet";
import { closePictures, usePicturesSheet } from "./pictures-store";

const PictureSet = lazy(() => import("./PictureSet"));

export function PicturesSheet() {
  const open = usePicturesSheet((state) => state.open);
  return (
    <Sheet title="Your pictures" part="The sheet for your pictures" size="wide" open={open} onClose={closePictures}>
      <PictureSet />
    </Sheet>
  );
}
