/** React's view of the page's own picture sets. Hooks only. */
import { useStore } from "zustand";
import { createOwnPictures, type OwnPictures, type OwnPicturesActions, type OwnPicturesState } from "./own-pictures";

let current: OwnPictures | null = null;

function ownPictures(): OwnPictures {
  current ??= createOwnPictures();
  return current;
}

/** A part of the state; the selector as for usePlayground. */
export function useOwnPictures<T>(selector: (state: OwnPicturesState) => T): T {
  return useStore(ownPictures().store, selector);
}

export function useOwnPicturesActions(): OwnPicturesActions {
  return ownPictures().actions;
}
