/** Configurations seen as trees: objects are branches, everything else (numbers, texts, lists) is a leaf. No schema, no names. */

/** A branch. What hangs on it is not known yet. */
export type Tree = { readonly [key: string]: unknown };

/** Where something hangs: keys from the root down; numbers are positions in lists. */
export type Path = readonly (string | number)[];

export function isTree(value: unknown): value is Tree {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** What hangs at `path`, into lists as well; undefined where there is nothing. */
export function getAt(root: unknown, path: Path): unknown {
  let here = root;
  for (const key of path) {
    if (Array.isArray(here)) here = here[Number(key)];
    else if (isTree(here) && Object.hasOwn(here, key)) here = here[key];
    else return undefined;
  }
  return here;
}

/** A copy with `leaf` at `path`; branches that are missing are made, the rest is shared with `root`. */
export function setAt(root: unknown, path: Path, leaf: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return leaf;
  if (Array.isArray(root)) return root.map((item, i) => (i === Number(key) ? setAt(item, rest, leaf) : item));
  const branch = isTree(root) ? root : {};
  return { ...branch, [key]: setAt(Object.hasOwn(branch, key) ? branch[key] : undefined, rest, leaf) };
}
