/** Makes runs one after the other as it is told, in a worker of its own. Not the wire: `post` is handed in. */
import { datasetOf } from "../../core/datasets";
import { errorSentence, isForeign } from "../../core/errors";
import type { RunOrder } from "../../core/sweep/plan";
import { chooseBackend } from "../../engine/backend";
import type { FileFetcher } from "../../engine/data";
import { toRgba } from "../../engine/probes/rgba";
import { makeRun } from "../../engine/sweep/make-run";
import { DataSources } from "../data-sources";
import type { RunPicture, SweepCommand, SweepEvent } from "../protocol-sweep";
import { createTurns } from "../turns";
import { transferables } from "../wire";

export interface RunMakerEnvironment {
  readonly post: (event: SweepEvent, transfer: Transferable[]) => void;
  readonly fetchData: FileFetcher;
  readonly fetchFile?: FileFetcher;
  readonly wasmPaths: string | Record<string, string>;
  /** Milliseconds that never go back. */
  readonly now: () => number;
}

/** Milliseconds between two reports of progress. */
const REPORT_MS = 200;
/** Points of a small picture, and images: as many as can be told apart. */
const POINTS = 500;
const IMAGES = 16;

/**
 * Takes commands for ever. Runs are made by WebAssembly with one thread whatever else is there: the page's own run has the graphics card,
 * and the same run reads the same numbers in every worker.
 */
export function createRunMaker({ post, now, ...environment }: RunMakerEnvironment): (command: SweepCommand) => void {
  const sources = new DataSources(environment.fetchData, () => {});
  const turns = createTurns();
  let backend: Promise<unknown> | null = null;
  let paused = false;
  let goOn = () => {};

  async function run({ index, config, steps }: RunOrder): Promise<void> {
    let reported = Number.NEGATIVE_INFINITY;
    try {
      backend ??= chooseBackend("wasm", { ...environment, gpu: undefined });
      await backend;
      const data = sources.get(config.dataset);
      const made = await makeRun(config, data, {
        steps,
        now,
        async between(step, seconds) {
          if (now() - reported > REPORT_MS) {
            reported = now();
            post({ type: "progress", index, step, seconds }, []);
          }
          await turns.next();
          while (paused) await new Promise<void>((resolve) => (goOn = resolve));
          return true;
        },
      });
      if (made === null) return;
      const { outcome, samples, snapshot, history } = made;
      const picture = samples === null ? null : pictureOf(config.dataset, samples);
      const state = snapshot === null ? null : { snapshot, history };
      const arrays = [
        ...(picture === null ? [] : [picture.fakes]),
        ...(state === null ? [] : [...snapshotArrays(state.snapshot), history.steps, history.values]),
      ];
      post({ type: "done", index, outcome, picture, state }, transferables(arrays));
    } catch (error) {
      if (isForeign(error)) console.error(error);
      post(
        {
          type: "failed",
          index,
          reason: error instanceof Error && !isForeign(error) ? error.message : errorSentence(error),
        },
        [],
      );
    }
  }

  return (command) => {
    switch (command.type) {
      case "run":
        void run(command);
        return;
      case "pause":
        paused = true;
        return;
      case "resume":
        paused = false;
        goOn();
        return;
      case "ping":
        post({ type: "alive" }, []);
        return;
      default:
        command satisfies never;
    }
  };
}

const snapshotArrays = ({ tensors }: { readonly tensors: readonly { readonly values: Float32Array }[] }) =>
  tensors.map(({ values }) => values);

/** What the page draws of a run; a copy, since the samples are thousands. */
function pictureOf(dataset: Parameters<typeof datasetOf>[0], samples: Float32Array): RunPicture {
  const data = datasetOf(dataset);
  if (data.kind === "points") {
    const { dimension, extent } = data;
    return { kind: "points", dimension, extent, fakes: samples.slice(0, POINTS * dimension) };
  }
  const [height, width, channels] = data.shape;
  const some = samples.subarray(0, IMAGES * height * width * channels);
  return { kind: "images", height, width, fakes: toRgba(some, channels, data.valueRange) };
}
