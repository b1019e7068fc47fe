/** What is looked at inside a network, and what the worker answered; asks again when it changes and, while training, now and then. */
import { create } from "zustand";
import type { PlaygroundState } from "../../../client/store";
import { playground } from "../../../client/use-playground";
import { describeOwn, flatLayers, type LayerDescription } from "../../../core/architecture/shapes";
import type { ArmId } from "../../../core/arms";
import type { ExperimentConfig } from "../../../core/config";
import { errorSentence } from "../../../core/errors";
import type { Inside } from "../../../core/inside";
import { modelOf } from "../../../core/models";

export interface InsideView {
  readonly arm: ArmId;
  /** Empty: the model's sampler, and its first layer with maps. */
  readonly network: string;
  readonly layer: string;
  readonly of: "fake" | "real";
  readonly unit: number | null;
  readonly off: readonly number[];
}

interface InsideState {
  readonly view: InsideView;
  /** The latest answer, with the step that it is of and what was asked; null before the first. */
  readonly seen: { readonly step: number; readonly view: InsideView; readonly inside: Inside } | null;
  /** How much each unit of the layer changes alone, and when that was measured. */
  readonly ranked: { readonly step: number; readonly changes: Float32Array } | null;
  readonly ranking: boolean;
  /** Why there is no answer, as a sentence. */
  readonly error: string | null;
}

const START: InsideView = { arm: "a", network: "", layer: "", of: "fake", unit: null, off: [] };

export const useInside = create<InsideState>(() => ({
  view: START,
  seen: null,
  ranked: null,
  ranking: false,
  error: null,
}));

/** While training, the next question comes so long after an answer, milliseconds, and this many times what the answer took. */
const FOLLOW_MS = 600;
const FOLLOW_SHARE = 12;

/** Networks that can be looked inside: those that make samples, and those that judge or code them. */
export function networksOf(config: ExperimentConfig): readonly string[] {
  const { sampler, judge, coder } = modelOf(config);
  return [sampler, judge ?? [], coder ?? []].flat();
}

/** Layers that only lay numbers out otherwise, or let them pass, have nothing of their own to show. */
const PLAIN: ReadonlySet<string> = new Set(["flatten", "reshape", "dropout"]);

export function layersOf(config: ExperimentConfig, network: string): readonly LayerDescription[] {
  const described = describeOwn(config, network);
  return "error" in described ? [] : flatLayers(described.layers).filter(({ spec }) => !PLAIN.has(spec.type));
}

/** The view as far as the arm has what it names; what it has not is chosen anew. */
export function fitting(view: InsideView, state: PlaygroundState): InsideView | null {
  const arm = state.arms.find(({ id }) => id === view.arm) ?? state.arms[0];
  if (arm === undefined) return null;
  const networks = networksOf(arm.config);
  const network = networks.find((one) => one === view.network) ?? networks[0];
  if (network === undefined) return null;
  const layers = layersOf(arm.config, network);
  const own = layers.find(({ path }) => path === view.layer);
  const layer =
    own ??
    layers.find(({ outputShape: [height = 1], outputShape }) => outputShape.length === 3 && height > 2) ??
    layers[0];
  if (layer === undefined) return null;
  const units = layer.outputShape.at(-1) ?? 1;
  const kept = own !== undefined && network === view.network && arm.id === view.arm;
  if (kept && (view.unit === null || view.unit < units) && view.off.every((unit) => unit < units)) return view;
  return { ...view, arm: arm.id, network, layer: layer.path, unit: null, off: [] };
}

/** Looks at something else. Units stay off only while the layer is the same. */
export function look(change: Partial<InsideView>): void {
  const { view, ranked } = useInside.getState();
  const elsewhere = "arm" in change || "network" in change || "layer" in change;
  const next = { ...view, ...(elsewhere ? { unit: null, off: [] } : {}), ...change };
  useInside.setState({ view: next, ranked: elsewhere || "of" in change ? null : ranked });
}

/** Switches a unit off, or on again. */
export function toggleUnit(unit: number): void {
  const { off } = useInside.getState().view;
  look({ off: off.includes(unit) ? off.filter((one) => one !== unit) : [...off, unit] });
}

/** Measures what each unit of the layer does alone; takes a pass a unit. */
export async function rankUnits(): Promise<void> {
  const { view } = useInside.getState();
  const { step } = playground().store.getState();
  useInside.setState({ ranking: true });
  try {
    const inside = await ask(view, true);
    const same = useInside.getState().view.layer === view.layer && useInside.getState().view.network === view.network;
    if (same && inside?.ranks) useInside.setState({ ranked: { step, changes: inside.ranks } });
  } catch (error) {
    useInside.setState({ error: errorSentence(error) });
  } finally {
    useInside.setState({ ranking: false });
  }
}

function ask({ arm, ...view }: InsideView, rank: boolean): Promise<Inside | null> {
  const { latent, label } = playground().store.getState();
  return playground().ask({ type: "inside", arm, question: { ...view, latent: latent.slice(), label, rank } });
}

/** Keeps the answer up to date. @returns how to stop */
export function watchInside(): () => void {
  const { store } = playground();
  let open = true;
  let asking = false;
  let again = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let next = 0;

  const askNow = async () => {
    clearTimeout(timer);
    timer = undefined;
    if (asking) {
      again = true;
      return;
    }
    asking = true;
    do {
      again = false;
      const view = fitting(useInside.getState().view, store.getState());
      if (view === null) break;
      if (view !== useInside.getState().view) useInside.setState({ view, ranked: null });
      const { step } = store.getState();
      const began = performance.now();
      try {
        const inside = await ask(view, false);
        if (open && inside !== null) useInside.setState({ seen: { step, view, inside }, error: null });
      } catch (error) {
        if (open) useInside.setState({ error: errorSentence(error) });
      }
      const ended = performance.now();
      next = ended + Math.max(FOLLOW_MS, FOLLOW_SHARE * (ended - began));
    } while (again && open);
    asking = false;
  };
  const stops = [
    useInside.subscribe((state, before) => {
      if (state.view !== before.view) void askNow();
    }),
    store.subscribe((state, before) => {
      const moved =
        state.latent !== before.latent || state.label !== before.label || state.averaged !== before.averaged;
      const other =
        state.arms.length !== before.arms.length ||
        state.arms.some(({ config }, i) => config !== before.arms[i]?.config);
      if (moved || other || state.visited !== before.visited) void askNow();
      // Put off, never dropped: the last step before a pause has no successor that would ask again.
      else if (state.step !== before.step) timer ??= setTimeout(askNow, Math.max(0, next - performance.now()));
    }),
  ];
  void askNow();
  return () => {
    open = false;
    clearTimeout(timer);
    for (const stop of stops) stop();
  };
}
