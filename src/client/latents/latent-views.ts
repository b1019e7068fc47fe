/**
 * Keeps the views of latent space up to date: the sample of the sliders' point, the walk between two pins, the map, and D at
 * the pointer. Each is a question to the worker on a budget of its own; what is drawn of the answers is the UI's affair.
 */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { ArmId } from "../../core/arms";
import { datasetOf } from "../../core/datasets";
import { latentPlane } from "../../core/latent-plane";
import type { Study, StudyAnswer, StudyId, StudyInput } from "../../core/latent-space/studies";
import { sliderRange } from "../../core/latents";
import { usualWay, walkLatents, walkPoint } from "../../core/walk";
import type { Command, Generated, Results } from "../../worker/protocol";
import type { PicturePace } from "../picture-pace";
import { firstConfig } from "../selectors";
import type { PlaygroundState } from "../store";
import { type Asker, type AskerOptions, createAsker } from "./asker";
import { DEFAULT_SETTINGS, type LatentActions, type LatentState, NO_PINS } from "./latent-state";

/** Points of the path that the walk draws among points: enough for a smooth line. */
const PATH_POINTS = 65;
/** Cells a side of the map: of points, which are smoothed when drawn, and of images, which are shown. */
const POINT_CELLS = 32;
const IMAGE_CELLS = 9;
/** The map takes up to a thousand samples: it waits until the hand rests this long, but not for ever. */
const REST_MS = 250;
const LONGEST_WAIT_MS = 2000;

/**
 * How rarely each view follows training: so many milliseconds after an answer at the earliest, and this many times what it took. Samples come
 * with every picture of the stage.
 */
const FOLLOW = {
  sample: { followMs: 60, followShare: 10 },
  pointer: { followMs: 60, followShare: 10 },
  walk: { followMs: 250, followShare: 20 },
  map: { followMs: 500, followShare: 40 },
} as const;

export interface LatentViewsOptions {
  readonly store: StoreApi<PlaygroundState>;
  readonly request: <C extends Command>(command: C) => Promise<Results[C["type"]]>;
  readonly setLatent: (latent: Float32Array) => void;
  /** Shows what follows training. */
  readonly withPicture: PicturePace["withPicture"];
  /** Whether answers are of networks that are gone. */
  readonly stale: () => boolean;
}

/** What a study is answered with; `answer` is null while data that it takes are on their way. */
export interface Answered<Id extends StudyId> {
  readonly milliseconds: number;
  readonly answer: StudyAnswer[Id] | null;
}

export interface LatentViews {
  readonly store: StoreApi<LatentState>;
  readonly actions: LatentActions;
  /** G's samples of latents, of the class that is asked for, from every arm that takes latents of their size. */
  generate(latents: Float32Array<ArrayBuffer>): Promise<Generated>;
  /** A question about an arm's latent space. @throws RemoteError where it makes no sense there */
  study<Id extends StudyId>(arm: ArmId, id: Id, input: StudyInput[Id]): Promise<Answered<Id>>;
  /** One question more that is asked again as the networks change and train on, until its asker is disposed. */
  watch<Answer extends { readonly milliseconds: number }>(options: Omit<AskerOptions<Answer>, "withPicture">): Asker;
  /** The networks, or which of G's weights are shown, changed: ask everything again. */
  ask(): void;
  /** The sliders' point moved. */
  moved(): void;
  /** Training is at this step. */
  follow(step: number): void;
  /** The networks are built anew: what is shown is of none of them. */
  forget(): void;
  dispose(): void;
}

export function createLatentViews({ store, request, setLatent, withPicture, stale }: LatentViewsOptions): LatentViews {
  const views = createStore<LatentState>(() => ({ ...DEFAULT_SETTINGS, walk: null, map: null, pointer: null }));
  const { getState: get, setState: set } = views;
  let movedAt = Number.NEGATIVE_INFINITY;
  let mapWatchers = 0;

  const images = () => datasetOf(firstConfig(store.getState()).dataset).kind === "images";
  const size = () => firstConfig(store.getState()).latent.size;
  const side = () => (images() ? IMAGE_CELLS : POINT_CELLS);
  const way = () => get().way ?? usualWay(firstConfig(store.getState()).latent.prior, size());
  const generate = (latents: Float32Array<ArrayBuffer>) =>
    request({ type: "generate", latents, count: latents.length / size(), label: store.getState().label });

  const sample = createAsker({
    ...FOLLOW.sample,
    withPicture,
    request: generate,
    points: () => store.getState().latent,
    receive(generated) {
      if (stale()) return;
      store.setState(({ arms }) => ({
        arms: arms.map((view) => {
          const arm = generated.arms.find((one) => one.arm === view.id);
          if (arm === undefined) return view;
          return { ...view, latentSample: { values: arm.samples, logit: arm.logits[0] ?? Number.NaN } };
        }),
      }));
    },
  });

  const walk = createAsker({
    ...FOLLOW.walk,
    withPicture,
    request: generate,
    points() {
      const { a, b } = get().pins;
      if (a === null || b === null) return a ?? b ?? NOTHING;
      return walkLatents(a, b, images() ? get().steps : PATH_POINTS, way());
    },
    receive(generated, latents) {
      if (!stale()) set({ walk: { count: latents.length / size(), arms: generated.arms } });
    },
  });

  const map = createAsker({
    ...FOLLOW.map,
    withPicture,
    async request(latents) {
      await handRests();
      return generate(latents);
    },
    points() {
      const { latent } = store.getState();
      if (mapWatchers === 0 || get().tint === "none" || latent.length < 2) return NOTHING;
      return latentPlane(latent, side(), sliderRange(firstConfig(store.getState()).latent.prior), get().plane);
    },
    receive(generated, latents) {
      if (!stale()) set({ map: { side: Math.round(Math.sqrt(latents.length / size())), arms: generated.arms } });
    },
  });

  const pointer = createAsker({
    ...FOLLOW.pointer,
    withPicture,
    request: (x) => request({ type: "score", samples: x, count: 1, label: store.getState().label }),
    points: () => get().pointer?.x ?? NOTHING,
    receive(scored, x) {
      const { pointer: now } = get();
      if (stale() || now === null) return;
      const logits = scored.arms.map(({ arm, logits: [logit = Number.NaN] }) => ({ arm, logit }));
      set({ pointer: { x: now.x, judged: { x, logits } } });
    },
  });

  /** Answering the map takes longer than answering a slider, which must not wait for it. */
  async function handRests(): Promise<void> {
    const until = performance.now() + LONGEST_WAIT_MS;
    for (;;) {
      const now = performance.now();
      const wait = Math.min(movedAt + REST_MS, until) - now;
      if (wait <= 0) return;
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }

  /** Pins changed, or the way between them. */
  function changeWalk(change: Partial<LatentState>): void {
    const pins = change.pins ?? get().pins;
    set(pins.a === null && pins.b === null ? { ...change, walk: null } : change);
    walk.ask();
  }

  const actions: LatentActions = {
    pin: (name) => changeWalk({ pins: { ...get().pins, [name]: store.getState().latent.slice() } }),
    unpin: (name) => changeWalk({ pins: { ...get().pins, [name]: null } }),
    swap: () => changeWalk({ pins: { ...get().pins, a: get().pins.b, b: get().pins.a } }),
    setWay(chosen) {
      const { prior, size: dimensions } = firstConfig(store.getState()).latent;
      changeWalk({ way: chosen === usualWay(prior, dimensions) ? null : chosen });
    },
    setSteps: (steps) => changeWalk({ steps }),
    setSeconds: (seconds) => set({ seconds }),
    setTint(tint) {
      set({ tint });
      map.ask();
    },
    setPlane(plane) {
      set({ plane, map: null });
      map.ask();
    },
    walkTo(share) {
      const { a, b } = get().pins;
      if (a !== null && b !== null) setLatent(walkPoint(a, b, share, way()));
    },
    watchMap() {
      mapWatchers += 1;
      map.ask();
      return () => {
        mapWatchers -= 1;
      };
    },
    point(x) {
      set({ pointer: x === null ? null : { x, judged: get().pointer?.judged ?? null } });
      pointer.ask();
    },
  };

  const askers = new Set<Asker>([sample, walk, map, pointer]);
  return {
    store: views,
    actions,
    generate,
    async study<Id extends StudyId>(arm: ArmId, id: Id, input: StudyInput[Id]) {
      // The worker answers a study with what its id stands for (core/latent-space/studies.ts).
      const asked = { id, input } as unknown as Study;
      return (await request({ type: "study", arm, study: asked })) as Answered<Id>;
    },
    watch(options) {
      const asker = createAsker({
        ...options,
        withPicture,
        receive: (answer, points) => {
          if (!stale()) options.receive(answer, points);
        },
      });
      askers.add(asker);
      return {
        ...asker,
        dispose() {
          askers.delete(asker);
          asker.dispose();
        },
      };
    },
    ask() {
      for (const asker of askers) asker.ask();
    },
    moved() {
      movedAt = performance.now();
      sample.ask();
      if (size() > 2) map.ask(); // the map shows a slice through this point
    },
    follow(step) {
      for (const asker of askers) asker.follow(step);
    },
    forget() {
      const dimensions = size();
      const { pins, plane } = get();
      const fits = Object.values(pins).every((pin) => pin === null || pin.length === dimensions);
      set({
        walk: null,
        map: null,
        pointer: null,
        ...(fits ? {} : { pins: NO_PINS }), // pins of another latent size have nothing to say here
        ...(plane.every((dimension) => dimension < dimensions) ? {} : { plane: DEFAULT_SETTINGS.plane }),
      });
    },
    dispose() {
      for (const asker of askers) asker.dispose();
    },
  };
}

const NOTHING = new Float32Array(0);
