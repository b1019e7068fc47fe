/** A person's own picture sets: those that are kept, and the one that is being put together. State and actions; no looks. */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { OwnPicturesId } from "../../core/datasets/own/pictures";
import { errorSentence } from "../../core/errors";
import {
  CENTRE,
  type Collected,
  type Crop,
  type NamedFile,
  type PictureSettings,
} from "../../worker/protocol-pictures";
import { browserPage, type PageAccess } from "../page";
import { type KeptEntry, readKept, writeKept } from "./kept-list";
import { pictureAddress } from "./picture-address";
import { createPicturesClient } from "./pictures-client";

export interface OwnPicturesState {
  readonly kept: readonly KeptEntry[];
  readonly settings: PictureSettings;
  /** null before anything was added. */
  readonly collected: Collected | null;
  /** Pictures made of all, while they are being made. */
  readonly progress: { readonly done: number; readonly total: number } | null;
  /** Something is under way. */
  readonly busy: boolean;
  /** What went wrong last, a sentence. */
  readonly error: string | null;
}

export interface OwnPicturesActions {
  add(files: readonly NamedFile[]): Promise<void>;
  change(settings: Partial<PictureSettings>): Promise<void>;
  crop(index: number, crop: Crop): Promise<void>;
  /** One picture as it came; null where it cannot be had. */
  original(index: number): Promise<ImageBitmap | null>;
  clear(): Promise<void>;
  /** Keeps the pictures as a set. @returns its id, null where that failed */
  keep(name: string): Promise<OwnPicturesId | null>;
  remove(id: OwnPicturesId): Promise<void>;
}

export interface OwnPictures {
  readonly store: StoreApi<OwnPicturesState>;
  readonly actions: OwnPicturesActions;
}

export function createOwnPictures(page: PageAccess = browserPage()): OwnPictures {
  const store = createStore<OwnPicturesState>(() => ({
    kept: readKept(page),
    settings: { side: 32, colour: true, crop: CENTRE },
    collected: null,
    progress: null,
    busy: false,
    error: null,
  }));
  const { getState: get, setState: set } = store;
  const client = createPicturesClient((done, total) => set({ progress: { done, total } }));

  /** What the work gives; null where it failed, which is told. */
  async function busily<T>(work: () => Promise<T>): Promise<T | null> {
    set({ busy: true, error: null });
    try {
      return await work();
    } catch (error) {
      set({ error: errorSentence(error) });
      return null;
    } finally {
      set({ busy: false, progress: null });
    }
  }

  async function collect(work: () => Promise<Collected>): Promise<void> {
    const collected = await busily(work);
    if (collected !== null) set({ collected });
  }

  function setKept(kept: readonly KeptEntry[]): void {
    writeKept(page, kept);
    set({ kept });
  }

  return {
    store,
    actions: {
      add: (files) => collect(() => client.request({ type: "add", files, settings: get().settings })),
      async change(change) {
        const settings = { ...get().settings, ...change };
        set({ settings });
        if (get().collected !== null) await collect(() => client.request({ type: "change", settings }));
      },
      crop: (index, crop) => collect(() => client.request({ type: "crop", index, crop })),
      original: (index) => busily(() => client.request({ type: "original", index })),
      async clear() {
        set({ collected: null, error: null });
        await busily(() => client.request({ type: "clear" }));
      },
      async keep(name) {
        const made = await busily(() => client.request({ type: "keep", name }));
        if (made === null) return null;
        const { thumbnail, ...entry } = made;
        const side = 2 * get().settings.side;
        const others = get().kept.filter(({ id }) => id !== made.id);
        setKept([{ ...entry, classes: [...entry.classes], thumbnail: pictureAddress(thumbnail, side) }, ...others]);
        navigator.storage?.persist?.().catch(() => {}); // asks that the browser not clear it by itself
        return made.id;
      },
      async remove(id) {
        setKept(get().kept.filter((one) => one.id !== id));
        await busily(() => client.request({ type: "remove", id }));
      },
    },
  };
}
