/** What of the live diagram is lit while a step is looked at in stages (ui/lab/slow); nothing otherwise. */
import { create } from "zustand";

/** Sources ("x", "z", "y"), networks by name, "<network>:real" and "<network>:made" for what comes out of them; null: nothing is. */
export const useLit = create<{ readonly lit: readonly string[] | null }>(() => ({ lit: null }));

export const setLit = (lit: readonly string[] | null): void => useLit.setState({ lit });

/** What a part of the diagram carries: whether it is lit, while anything is. */
export function useLitPart(...names: readonly string[]): { readonly "data-lit"?: "on" | "off" } {
  const state = useLit(({ lit }) => (lit === null ? null : names.some((name) => lit.includes(name)) ? "on" : "off"));
  return state === null ? {} : { "data-lit": state };
}
