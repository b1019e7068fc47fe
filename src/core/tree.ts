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

/** Whether two leaves or branches say the same. */
export function sameValue(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}

/** A leaf that differs between two trees; `before` is undefined where there was none. */
export interface ChangedLeaf {
  readonly path: string;
  readonly before: unknown;
  readonly after: unknown;
}

/**
 * The leaves of `after` that are not as in `before`, in the order of `after`. Of a branch of another kind all leaves are told, even
 * those that happen to be alike: they do not mean the same.
 */
export function changedLeaves(before: unknown, after: unknown): ChangedLeaf[] {
  const found: ChangedLeaf[] = [];
  const visit = (path: string, own: string, old: unknown, now: unknown, all: boolean) => {
    if (!all && sameValue(old, now)) return;
    if (!isTree(now)) found.push({ path, before: old, after: now });
    else {
      const whole = all || !isTree(old) || isOtherKind(own, old, now);
      for (const key of Object.keys(now)) {
        visit(path === "" ? key : `${path}.${key}`, key, isTree(old) ? old[key] : undefined, now[key], whole);
      }
    }
  };
  visit("", "", before, after, false);
  return found;
}

/** Branches that are of one of several kinds, which their `type` tells. */
const VARIANTS: ReadonlySet<string> = new Set(["optimizer", "model"]);

/** Whether two branches under this key are of different kinds, as two types of optimiser are: their settings do not mix. */
export function isOtherKind(key: string, a: Tree, b: Tree): boolean {
  return VARIANTS.has(key) && b.type !== undefined && a.type !== b.type;
}

/** `change` where it says something, `value` elsewhere. Lists, and branches of another kind, are taken whole. */
export function merged(value: unknown, change: unknown, key = ""): unknown {
  if (change === undefined) return value;
  if (!isTree(value) || !isTree(change) || isOtherKind(key, value, change)) return change;
  const keys = [...new Set([...Object.keys(value), ...Object.keys(change)])];
  const own = (tree: Tree, name: string) => (Object.hasOwn(tree, name) ? tree[name] : undefined);
  return Object.fromEntries(keys.map((name) => [name, merged(own(value, name), own(change, name), name)]));
}
