/** Which films can be taken away, and how each of their frames comes about. Encodes nothing. */
import { firstConfig, presentStep } from "../../client/selectors";
import type { PlaygroundState } from "../../client/store";
import { playground } from "../../client/use-playground";
import { datasetOf } from "../../core/datasets";
import { pathSteps } from "../../core/film";
import { sampleLatents } from "../../core/latents";
import { STREAMS } from "../../core/rng";
import { usualWay, walkPoint } from "../../core/walk";
import type { RoleColors } from "../theme/colors";
import { imagesOf } from "./pictures";
import { besideEachOther, imageGrid, type Still, stageStill } from "./stills";

export interface FilmOptions {
  readonly seconds: number;
  readonly framesPerSecond: number;
  readonly side: number; // pixels that the longer side may have
  readonly colors: RoleColors;
}

export interface FilmScene {
  readonly id: string;
  readonly name: string;
  /** What it shows, in a sentence. */
  readonly text: string;
  /** Why there is none now, as a sentence; null where there is one. */
  missing(): string | null;
  /** @throws Error with a sentence for people */
  begin(options: FilmOptions): FrameList;
}

export interface FrameList {
  readonly count: number;
  frame(index: number): Promise<Still>;
  /** Frames for which the last one stays, so that one sees what has become. */
  readonly hold: number;
}

const state = (): PlaygroundState => playground().store.getState();

/** Seconds that a timelapse rests on its end. */
const REST_SECONDS = 1;
/** Latents that a walk without pins passes through. */
const STATIONS = 4;

/** The kept moments up to now, in order. */
function keptSteps(): readonly number[] {
  const { film } = state();
  return film === null ? [] : pathSteps(film.branches, film.current).filter((step) => step <= presentStep(state()));
}

const timelapse: FilmScene = {
  id: "timelapse",
  name: "Training, from the first step to now",
  text: "The stage at the moments of this run that were kept. The run itself goes on meanwhile.",
  missing: () => (keptSteps().length > 1 ? null : "Train some steps first: there are no moments to show yet."),
  begin({ seconds, framesPerSecond, side, colors }) {
    const steps = evenly(keptSteps(), Math.round(seconds * framesPerSecond));
    return {
      count: steps.length,
      hold: REST_SECONDS * framesPerSecond,
      async frame(index) {
        const { step, arms } = await playground().ask({ type: "look-back", step: steps[index] ?? 0 });
        const stills = arms.map(({ arm, config, frame }) => ({
          arm,
          still: stageStill({ id: arm, config, latentSample: null }, { step, frame }, side, colors),
        }));
        return besideEachOther(stills, `step ${step.toLocaleString("en")}`, colors);
      },
    };
  },
};

const walk: FilmScene = {
  id: "walk",
  name: "A walk through latent space",
  text: "From pin A to pin B and back; without pins, a round through random latents. It ends where it begins.",
  missing: () => null,
  begin({ seconds, framesPerSecond, side, colors }) {
    const { prior, size } = firstConfig(state()).latent;
    const { pins, way } = playground().latents.store.getState();
    const stations = pins.a !== null && pins.b !== null ? [pins.a, pins.b] : randomStations();
    const count = Math.round(seconds * framesPerSecond);
    const images = datasetOf(firstConfig(state()).dataset).kind === "images";
    return {
      count,
      hold: 0,
      async frame(index) {
        const z = alongRound(stations, index / count, (a, b, t) => walkPoint(a, b, t, way ?? usualWay(prior, size)));
        if (images) {
          const stills = (await imagesOf(z)).map((own) => ({ arm: own.arm, still: imageGrid(own, 1, side) }));
          return besideEachOther(stills, null, colors);
        }
        return pointsAt(z, side, colors);
      },
    };
  },
};

/** The stage's picture of points with G's sample of a latent marked in it. */
async function pointsAt(latents: Float32Array<ArrayBuffer>, side: number, colors: RoleColors): Promise<Still> {
  const { label, arms } = state();
  const generated = await playground().ask({ type: "generate", latents, count: 1, label });
  const stills = arms.flatMap((arm) => {
    const own = generated.arms.find((one) => one.arm === arm.id);
    if (arm.stage === null || own === undefined) return [];
    const latentSample = { values: own.samples, logit: own.logits[0] ?? Number.NaN };
    return [{ arm: arm.id, still: stageStill({ ...arm, latentSample }, arm.stage, side, colors) }];
  });
  return besideEachOther(stills, null, colors);
}

function randomStations(): readonly Float32Array[] {
  const { latent, seed } = firstConfig(state());
  const all = sampleLatents(new Float32Array(STATIONS * latent.size), latent.prior, seed, STREAMS.latentPanel, 0);
  return Array.from({ length: STATIONS }, (_, i) => all.slice(i * latent.size, (i + 1) * latent.size));
}

type Way = (a: Float32Array, b: Float32Array, share: number) => Float32Array;

/** The latent at a share of the round through all stations and back to the first. */
export function alongRound(stations: readonly Float32Array[], share: number, way: Way): Float32Array<ArrayBuffer> {
  const place = share * stations.length;
  const at = Math.floor(place) % stations.length;
  const [from, to] = [stations[at], stations[(at + 1) % stations.length]];
  if (from === undefined || to === undefined) throw new RangeError("A round needs stations.");
  return new Float32Array(way(from, to, place - Math.floor(place)));
}

/** At most `count` of the list, evenly spread, first and last among them. */
export function evenly<T>(list: readonly T[], count: number): readonly T[] {
  if (list.length <= count) return list;
  return Array.from({ length: count }, (_, i) => list[Math.round((i * (list.length - 1)) / (count - 1))] as T);
}

export const FILM_SCENES: readonly FilmScene[] = [timelapse, walk];
