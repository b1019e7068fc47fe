/**
 * What generated samples look like: each is given the class and the attributes of the real samples nearest to it. The mean latents of
 * what has something in common follow.
 */
import * as tf from "@tensorflow/tfjs";
import { classNames } from "../../../core/datasets";
import type { Attribute } from "../../../core/datasets/types";
import type { GroupMean } from "../../../core/latent-space/studies";
import { sampleLatents } from "../../../core/latents";
import { isTold } from "../../../core/models";
import { normals, STREAMS, subStream } from "../../../core/rng";
import type { Trainer } from "../../trainer";
import { generateSamples, toldClasses } from "../generate";
import { smallest, squaredDistances } from "./neighbours";
import { imagesHere } from "./pictures";
import type { StudyContext, StudyProbe } from "./types";

/** Means of so many latents: of 64 numbers of a tenth of them each is off by .07. */
const SAMPLES = 2000;
const BATCH = 500;
const REALS = 2000;
/** Real samples that vote. */
const VOTERS = 3;
/** Samples are compared by so many random projections of their pixels, which keep distances to a tenth or so. */
const PROJECTIONS = 64;
/** Fewer samples say too little of a group. */
const LEAST = 20;

/** A real sample's class and attributes, as names of groups; what it belongs to. */
type Belongs = readonly string[];

export const means: StudyProbe<"means"> = async ({ label }, context) => {
  const groups = await groupMeans(label, context);
  return groups === null ? null : { groups: groups.filter(({ name }) => name !== "") };
};

/** Mean latents by group, and that of all under the name ""; null while the reals are on their way. */
export async function groupMeans(label: number, context: StudyContext): Promise<readonly GroupMean[] | null> {
  const { trainer, data, averaged } = context;
  const real = realSamples(context);
  if (real === null) return null;
  const { size, prior } = trainer.config.latent;
  const dimension = data.shape.reduce((a, b) => a * b, 1);
  const latents = sampleLatents(
    new Float32Array(SAMPLES * size),
    prior,
    trainer.config.seed,
    STREAMS.evaluateLatent,
    2,
  );
  const project = projection(trainer, dimension);
  const reference = await project(real.samples);
  const sums = new Map<string, { readonly sum: Float64Array; count: number }>();
  const labels = toldClasses(trainer) === 0 ? {} : { labels: new Uint8Array(BATCH).fill(label) };
  for (let at = 0; at < SAMPLES; at += BATCH) {
    const z = latents.subarray(at * size, (at + BATCH) * size);
    const made = await project(await generateSamples(trainer, z, BATCH, averaged, labels));
    const far = await squaredDistances(trainer, made, reference, made.length / BATCH);
    for (let i = 0; i < BATCH; i++) {
      const nearest = smallest(far.subarray(i * real.belongs.length, (i + 1) * real.belongs.length), VOTERS);
      for (const name of ["", ...agreed(nearest.map((one) => real.belongs[one] ?? []))]) {
        const group = sums.get(name) ?? { sum: new Float64Array(size), count: 0 };
        sums.set(name, group);
        group.count += 1;
        for (let d = 0; d < size; d++) group.sum[d] = (group.sum[d] ?? 0) + (z[i * size + d] ?? 0);
      }
    }
  }
  return ["", ...real.names].flatMap((name): GroupMean[] => {
    const group = sums.get(name);
    if (group === undefined || group.count < LEAST) return [];
    return [{ name, latent: Float32Array.from(group.sum, (sum) => sum / group.count), count: group.count }];
  });
}

/** What more than half of the voters belong to. */
function agreed(voters: readonly Belongs[]): readonly string[] {
  const votes = new Map<string, number>();
  for (const name of voters.flat()) votes.set(name, (votes.get(name) ?? 0) + 1);
  return [...votes].filter(([, count]) => 2 * count > voters.length).map(([name]) => name);
}

/** @throws Error in a sentence for data of which nothing is known but the samples */
function realSamples(context: StudyContext) {
  const { trainer, data } = context;
  const { dataset, seed } = trainer.config;
  const told = isTold(trainer.config); // then the class is not z's affair
  const classes = told || (data.labels?.count ?? 0) < 2 ? [] : classNames(dataset);
  const set = data.images;
  const attributes = set?.dataset.attributes ?? [];
  if (classes.length === 0 && attributes.length === 0) {
    throw new Error(
      told
        ? "The class is asked for beside z, and nothing else is known of these data: there are no means to go between."
        : "Nothing is known of these data but the samples themselves: there are no classes whose means one could go between.",
    );
  }
  const names = [...classes, ...attributes.flatMap((attribute) => groupsOf(attribute).map(({ name }) => name))];
  if (set === undefined) {
    const samples = new Float32Array(data.shape.reduce((a, b) => a * b, REALS));
    const stream = subStream(STREAMS.view, 3);
    data.minibatch(samples, seed, stream, 0);
    const labels = new Int32Array(REALS);
    data.labels?.fill(labels, seed, stream, 0);
    return { names, samples, belongs: Array.from(labels, (label): Belongs => [classes[label] ?? ""]) };
  }
  const here = Math.min(REALS, imagesHere(set));
  if (here === 0) return null;
  const numbers = Int32Array.from({ length: here }, (_, i) => i);
  const labels = set.labels();
  const columns = attributes.map((_, i) => set.attribute(i));
  const belongs = Array.from(numbers, (number): Belongs => {
    const own = classes[labels[number] ?? 0];
    const rest = attributes.flatMap((attribute, i) => {
      const byte = columns[i]?.[number] ?? 0;
      return groupsOf(attribute).flatMap(({ name, holds }) => (holds(byte) ? name : []));
    });
    return own === undefined ? rest : [own, ...rest];
  });
  return { names, samples: set.images(numbers), belongs };
}

/** The groups of an attribute: its values, of two the second one alone; of a range its lower and its upper third. */
export function groupsOf({
  name,
  values,
}: Attribute): readonly { readonly name: string; holds(byte: number): boolean }[] {
  if (values === undefined) {
    return [
      { name: `${name}: low`, holds: (byte) => byte < 85 },
      { name: `${name}: high`, holds: (byte) => byte > 170 },
    ];
  }
  const all = values.map((value, i) => ({ name: `${name}: ${value}`, holds: (byte: number) => byte === i }));
  return all.length === 2 ? all.slice(1) : all;
}

/** Random projections of rows, always the same; rows that are short enough as they are. */
function projection(trainer: Pick<Trainer, "look">, dimension: number): (rows: Float32Array) => Promise<Float32Array> {
  if (dimension <= PROJECTIONS) return async (rows) => rows;
  const weights = normals(new Float32Array(dimension * PROJECTIONS), 1, STREAMS.metric, 1);
  return async (rows) => {
    const [found = new Float32Array(0)] = await trainer.look(() => [
      tf.matMul(
        tf.tensor2d(rows, [rows.length / dimension, dimension]),
        tf.tensor2d(weights, [dimension, PROJECTIONS]),
      ),
    ]);
    return found;
  };
}
