/**
 * Looking at networks as they stand: what a probe may see, how what it computes comes back, and how a look that is
 * taken often is replayed. It changes nothing of a run; what is looked at is the probes' affair (probes/).
 */
import * as tf from "@tensorflow/tfjs";
import type { ExperimentConfig } from "../core/config";
import { STREAMS, subStream } from "../core/rng";
import { isHere, type RealSource } from "./data";
import type { NetworkState } from "./networks/state";
import { known } from "./parts";
import type { Given, LookUnderWay, Replayer } from "./replay";

/** A look that is taken often. */
export interface Repeated {
  /** Tells it from all others of the same configuration; null: what it computes may differ, so it is never replayed. */
  readonly key: string | null;
  /** Its inputs, which come as tensors. */
  readonly given: readonly Given[];
}

/** What a probe may look at; it changes nothing of it. */
export interface Seen {
  readonly config: ExperimentConfig;
  /** Of one example of the data. */
  readonly shape: readonly number[];
  /** Of the data; undefined where only the configured dataset tells. */
  readonly classes: number | undefined;
  /** @throws Error when the model has no network of that name */
  network(name: string): NetworkState;
  /** Real samples [count, ...shape] for company, the same ones at every look; null while data is coming. */
  reals(count: number): tf.Tensor | null;
}

/** Computes on what is seen; the numbers of a repeated look come as tensors. */
export type Look = (seen: Seen, given: readonly tf.Tensor[]) => tf.Tensor[];

/** Takes looks at networks. @param replayer left out where steps run through the engine */
export class Looking {
  readonly #data: RealSource;
  readonly #networks: Readonly<Record<string, NetworkState>>;
  readonly #replayer: Replayer | undefined;

  constructor(data: RealSource, networks: Readonly<Record<string, NetworkState>>, replayer: Replayer | undefined) {
    this.#data = data;
    this.#networks = networks;
    this.#replayer = replayer;
  }

  /** What may be seen under a configuration. */
  seen(config: ExperimentConfig): Seen {
    const { shape, labels } = this.#data;
    const network = (name: string) => known(this.#networks, name);
    const reals = (count: number) => {
      if (!isHere(this.#data, 0)) return null;
      const samples = new Float32Array(shape.reduce((a, b) => a * b, count));
      this.#data.minibatch(samples, config.seed, subStream(STREAMS.view, 1), 0);
      return tf.tensor(samples, [count, ...shape], "float32");
    };
    return { config, shape, classes: labels?.count, network, reals };
  }

  /**
   * Takes one look and reads back what it computed, in order.
   * @param configKey tells the configuration from all others whose recorded steps differ
   */
  async take(compute: Look, seen: Seen, configKey: string, repeated?: Repeated): Promise<Float32Array[]> {
    const found: { numbers?: Float32Array[] } = {}; // not through tidy, which would look for tensors among them one by one
    const tensors = tf.tidy(() => {
      const replayed = this.#replay(compute, seen, configKey, repeated);
      if (replayed === undefined) {
        this.#replayer?.settle();
        return compute(seen, repeated?.given.map(toTensor) ?? []);
      }
      if ("tensors" in replayed) return [...replayed.tensors];
      found.numbers = replayed.numbers;
      return [];
    });
    return found.numbers ?? readBack(tensors);
  }

  /**
   * Begins the same on another thread, at the networks as they stand now.
   * @returns null where this thread must take it, as it must the first time
   * @throws LookLost later, when it will not be finished
   */
  takeAside(configKey: string, { key, given }: Repeated): Promise<Float32Array[]> | null {
    const underWay = key === null ? undefined : this.#replayer?.lookAside?.(`${key} ${configKey}`, given);
    return underWay === undefined ? null : finished(underWay);
  }

  #replay(compute: Look, seen: Seen, configKey: string, repeated: Repeated | undefined) {
    if (repeated === undefined || repeated.key === null || this.#replayer?.look === undefined) return undefined;
    return this.#replayer.look(`${repeated.key} ${configKey}`, repeated.given, (given) => compute(seen, given));
  }
}

/** How often another thread is asked whether it is done, in milliseconds; between them this one trains. */
const ASKED_MS = 4;

async function finished(underWay: LookUnderWay): Promise<Float32Array[]> {
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, ASKED_MS));
    const numbers = underWay.numbers();
    if (numbers !== null) return numbers;
  }
}

/** The numbers of tensors, which are freed. */
export async function readBack(tensors: readonly tf.Tensor[]): Promise<Float32Array[]> {
  try {
    return await Promise.all(tensors.map((tensor) => tensor.data<"float32">()));
  } finally {
    for (const tensor of tensors) tensor.dispose();
  }
}

function toTensor({ values, shape }: Given): tf.Tensor {
  return tf.tensor(values, [...shape], "float32");
}
