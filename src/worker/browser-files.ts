/** How the page's workers get files: those of the site, and pictures that a person keeps in this browser. */
import { OWN_FOLDER } from "../core/datasets/own/pictures";
import { type FileFetcher, fetchFrom } from "../engine/data";
import { keptFile } from "./pictures/kept-files";

// The page lies above the folder of built scripts; in development the worker lies somewhere under the site's root.
const pageAddress = new URL(import.meta.env.DEV ? "/" : "../", self.location.href);

/** A file of the site. */
export const fetchFile = fetchFrom(pageAddress);

/** A file of a dataset, by its path relative to the page. */
export const fetchData: FileFetcher = (path, onBytes) =>
  path.startsWith(OWN_FOLDER) ? keptFile(path) : fetchFile(path, onBytes);
