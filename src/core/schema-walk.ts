/**
 * The one walk down the schema of an experiment, by which everybody finds its settings: what changes mean (effects.ts), what links call
 * them (short-names.ts). Walks of configurations themselves: tree.ts.
 */
import { ExperimentConfigSchema } from "./config";
import { isTree, type Tree } from "./tree";

/** Where a walk goes at places that the schema leaves open. */
export interface Way {
  /** Whether it goes to a place at all. Left out: to all. */
  readonly enters?: (path: readonly string[]) => boolean;
  /** Which of the kinds of a part it sees: of several, settings of the same path are told once each. */
  readonly kinds: (kinds: readonly Tree[], path: readonly string[]) => readonly Tree[];
  /** The names in a part whose names are free: of networks, of players. */
  readonly names: (path: readonly string[]) => Iterable<string>;
}

/** Tells of every setting on the way: the schema's entry for it and its path, in the order of the schema. */
export function walkSchema(way: Way, tell: (entry: Tree, path: readonly string[]) => void): void {
  const visit = (entry: unknown, path: readonly string[]) => {
    if (!isTree(entry) || way.enters?.(path) === false) return;
    if (entry.type === "object" && isTree(entry.entries)) {
      for (const [key, below] of Object.entries(entry.entries)) visit(below, [...path, key]);
    } else if (entry.type === "record") {
      for (const name of way.names(path)) visit(entry.value, [...path, name]);
    } else if (entry.type === "variant" && Array.isArray(entry.options)) {
      for (const kind of way.kinds(entry.options.filter(isTree), path)) visit(kind, path);
    } else tell(entry, path);
  };
  visit(ExperimentConfigSchema, []);
}
