/** Which films can be taken away, and how each of their frames comes about. Encodes nothing. */
import { PIN_NAMES } from "../../client/latents/latent-state";
import { firstConfig, presentStep } from "../../client/selectors";
import type { PlaygroundState } from "../../client/store";
import { playground } from "../../client/use-playground";
import { datasetOf } from "../../core/datasets";
import { pathSteps } from "../../core/film";
import { loopPoint, smoothPoint } from "../../core/latent-space/walks";
import { sampleLatents } from "../../core/latents";
import { STREAMS } from "../../core/rng";
import { usualWay, type WalkWay } from "../../core/walk";
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
/** Latents that a random walk passes through, the present one among them. */
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

/** A film of G's samples along a closed way through latent space. */
function alongWay(at: (share: number) => Float32Array<ArrayBuffer>, options: FilmOptions): FrameList {
  const { seconds, framesPerSecond, side, colors } = options;
  const count = Math.round(seconds * framesPerSecond);
  const images = datasetOf(firstConfig(state()).dataset).kind === "images";
  return {
    count,
    hold: 0,
    async frame(index) {
      const z = at(index / count);
      if (!images) return pointsAt(z, side, colors);
      const stills = (await imagesOf(z)).map((own) => ({ arm: own.arm, still: imageGrid(own, 1, side) }));
      return besideEachOther(stills, null, colors);
    },
  };
}

/** The pins that are set, in the order of their letters. */
function setPins(): readonly Float32Array[] {
  const { pins } = playground().latents.store.getState();
  return PIN_NAMES.flatMap((name) => pins[name] ?? []);
}

/** Straight, or on the sphere: as the person has chosen. */
function chosenWay(): WalkWay {
  const { prior, size } = firstConfig(state()).latent;
  return playground().latents.store.getState().way ?? usualWay(prior, size);
}

export const loopFilm: FilmScene = {
  id: "loop",
  name: "The loop through the pins",
  text: "From pin A through all the others and back: it ends where it begins.",
  missing: () => (setPins().length > 1 ? null : "Pin two latents or more first: the loop goes through them."),
  begin(options) {
    const [pins, way] = [setPins(), chosenWay()];
    return alongWay((share) => new Float32Array(loopPoint(pins, share * pins.length, way)), options);
  },
};

export const walkFilm: FilmScene = {
  id: "walk",
  name: "A random, smooth walk",
  text: "From the present sample through random latents and back, without corners: it ends where it begins.",
  missing: () => null,
  begin(options) {
    const [stations, way] = [randomStations(), chosenWay()];
    return alongWay((share) => smoothRound(stations, share, way), options);
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

/** The present latent, and random ones. */
function randomStations(): readonly Float32Array[] {
  const { latent, seed } = firstConfig(state());
  const drawn = sampleLatents(new Float32Array(STATIONS * latent.size), latent.prior, seed, STREAMS.latentPanel, 0);
  const others = Array.from({ length: STATIONS - 1 }, (_, i) => drawn.slice(i * latent.size, (i + 1) * latent.size));
  return [state().latent, ...others];
}

/** The latent at a share of the smooth round through all stations and back to the first. */
function smoothRound(stations: readonly Float32Array[], share: number, way: WalkWay): Float32Array<ArrayBuffer> {
  const count = stations.length;
  const at = (i: number) => {
    const station = stations[i % count];
    if (station === undefined) throw new RangeError("A round needs stations.");
    return station;
  };
  // Not the first round: before its first leg there is none that the way could come from without a corner.
  return new Float32Array(smoothPoint(at, count * (1 + share), way));
}

/** At most `count` of the list, evenly spread, first and last among them. */
function evenly<T>(list: readonly T[], count: number): readonly T[] {
  if (list.length <= count) return list;
  return Array.from({ length: count }, (_, i) => list[Math.round((i * (list.length - 1)) / (count - 1))] as T);
}

export const FILM_SCENES: readonly FilmScene[] = [timelapse, loopFilm, walkFilm];
