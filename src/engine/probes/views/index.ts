/** The views that a frame can carry beside its samples and D's map: one probe each. */
import type { ViewId, Views } from "../../../core/stage";
import { manifold } from "./manifold";
import { mapping } from "./mapping";
import { pulls } from "./pulls";
import type { Look, ViewProbe } from "./types";

const PROBES: { readonly [Id in ViewId]: ViewProbe<Id> } = { pulls, manifold, mapping };

/** What was asked for, as far as the data have it. */
export async function lookAt(views: readonly ViewId[], look: Look): Promise<Views> {
  const found: Record<string, unknown> = {};
  for (const id of views) {
    const data = await PROBES[id](look);
    if (data !== null) found[id] = data;
  }
  return found;
}
