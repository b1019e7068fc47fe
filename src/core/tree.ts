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

/** Branches that are of one of several kinds, which their `type` tells. */
const VARIANTS: ReadonlySet<string> = new Set(["optimizer", "model"]);

/** Whether two branches at a place are of different kinds, as two types of optimiser are: their settings do not mix. */
export function isOtherKind(path: readonly string[], a: Tree, b: Tree): boolean {
  return VARIANTS.has(path.at(-1) ?? "") && b.type !== undefined && a.type !== b.type;
}

/** A place in trees that are walked side by side. */
export interface Place<Carried> {
  /** Keys from the root. */
  readonly path: readonly string[];
  /** What hangs there, tree by tree; undefined where there is nothing. */
  readonly values: readonly unknown[];
  /** What the place above gave on; at the root, what the walk began with. */
  readonly carried: Carried;
}

/** What stands at a place: a value, or whatever the places below it say. */
export type Said<Carried> = { readonly value: unknown } | { readonly below: Carried };

/**
 * Walks configurations side by side, from the root down: the one walk that changes, differences and mixtures of them are read off.
 * Goes to every key that any of them has, those of the first tree first.
 * @param at asked at every place that is reached
 * @returns what it said, put together as a tree; places of value undefined are left out
 */
export function walk<Carried>(
  trees: readonly unknown[],
  carried: Carried,
  at: (place: Place<Carried>) => Said<Carried>,
): unknown {
  const visit = (path: readonly string[], values: readonly unknown[], own: Carried): unknown => {
    const said = at({ path, values, carried: own });
    if ("value" in said) return said.value;
    const branches = values.map((value) => (isTree(value) ? value : {}));
    const keys = [...new Set(branches.flatMap((branch) => Object.keys(branch)))];
    const children = keys.map((key): [string, unknown] => {
      const below = branches.map((branch) => (Object.hasOwn(branch, key) ? branch[key] : undefined));
      return [key, visit([...path, key], below, said.below)];
    });
    return Object.fromEntries(children.filter(([, value]) => value !== undefined));
  };
  return visit([], trees, carried);
}

/**
 * The leaves of `after` that are not as in `before`, in the order of `after`. Of a branch of another kind all leaves are told, even
 * those that happen to be alike: they do not mean the same.
 */
export function changedLeaves(before: unknown, after: unknown): ChangedLeaf[] {
  const found: ChangedLeaf[] = [];
  walk([after, before], false, ({ path, values: [now, old], carried: all }) => {
    if (now === undefined || (!all && sameValue(old, now))) return { value: undefined };
    if (isTree(now)) return { below: all || !isTree(old) || isOtherKind(path, old, now) };
    found.push({ path: path.join("."), before: old, after: now });
    return { value: undefined };
  });
  return found;
}

/** `change` where it says something, `value` elsewhere. Lists, and branches of another kind, are taken whole. */
export function merged(value: unknown, change: unknown): unknown {
  return walk([value, change], null, ({ path, values: [own, other] }) => {
    if (other === undefined) return { value: own };
    return isTree(own) && isTree(other) && !isOtherKind(path, own, other) ? { below: null } : { value: other };
  });
}
