/**
 * `npm run plan -- --preset ID | --work ID | --all [--driver own|hardware|software] [--brief]`: a training step as WebGPU replays it, dispatch by
 * dispatch, counted and not timed, with an estimate of the least time on three graphics cards. The step is recorded on whatever driver is
 * here; its programs are written for a graphics card unless --driver says otherwise.
 */
import { parseArgs } from "node:util";
import * as tf from "@tensorflow/tfjs";
import type { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";
import type { ExperimentConfig } from "../core/config";
import { dataShape } from "../core/datasets";
import { PRESET_IDS, PRESETS } from "../core/presets";
import { writeFor } from "../engine/kernels/webgpu/driver";
import type { DispatchReport } from "../engine/replay/webgpu/report";
import { presetId, UsageError } from "./arguments";
import { isWorkId, WORK_IDS, WORKS } from "./bench/works";
import { startBackend } from "./node-backend";
import { FULL_THREADS, planOfStep, sumOf, threadsOf, totalsOf } from "./plan-totals";

const USAGE = `Usage: npm run plan -- --preset ID | --work ${WORK_IDS.join("|")} | --all [--driver own|hardware|software] [--brief]`;

/** Graphics cards of the estimate: published peaks, and what lies between two dispatches that wait for each other. */
const CARDS = [
  { name: "Apple M2", flops: 3.6e12, bytes: 100e9 },
  { name: "RTX 3060", flops: 13e12, bytes: 360e9 },
  { name: "Iris Xe", flops: 2e12, bytes: 60e9 },
] as const;
const LAUNCH_GAP = 7.5e-6;
function experiment(
  preset: string | undefined,
  work: string | undefined,
): { config: ExperimentConfig; shape: readonly number[] } {
  if (preset !== undefined && work === undefined) {
    const { config } = PRESETS[presetId(preset)];
    return { config, shape: dataShape(config.dataset) };
  }
  if (work !== undefined && preset === undefined && isWorkId(work)) {
    return { config: WORKS[work].config, shape: WORKS[work].dataShape };
  }
  throw new UsageError(`Name one preset or one work.\n${USAGE}`);
}

const millions = (x: number) => (x / 1e6).toFixed(x < 1e7 ? 2 : 0);

function print(plan: readonly DispatchReport[], brief: boolean): void {
  if (!brief) {
    for (const [i, { label, clusters }] of plan.entries()) {
      console.log(`\n${i + 1}. ${clusters.length === 0 ? label : `${threadsOf({ label, clusters })} threads`}`);
      for (const cluster of clusters) {
        const flops =
          cluster.useful === 0 ? "" : `, ${millions(cluster.useful)} Mflop (${millions(cluster.issued)} issued)`;
        const bytes = `, ${millions(cluster.bytes)} MB (${millions(cluster.once)} once)`;
        const tail = `${cluster.barriers ? ", barriers" : ""}, depth ${cluster.serial}`;
        console.log(`   ${cluster.name}: ${cluster.shape}; ${cluster.groups} groups${flops}${bytes}${tail}`);
      }
    }
    console.log("");
  }
  const { dispatches, useful, issued, bytes, once, full, serial } = totalsOf(plan);
  console.log(`${dispatches} dispatches; ${serial} terms along the chain`);
  console.log(
    `products: ${millions(useful)} Mflop useful, ${millions(issued)} issued (${(issued / useful).toFixed(2)} ×)`,
  );
  console.log(
    `memory: ${millions(bytes)} MB asked for, ${millions(once)} MB each value once (${(bytes / once).toFixed(2)} ×)`,
  );
  console.log(
    `${(100 * full).toFixed(0)} % of the useful operations in dispatches with ${FULL_THREADS} threads or more`,
  );
  for (const card of CARDS) {
    const seconds = plan.reduce((total, { clusters }) => {
      const computing = sumOf(clusters, (cluster) => cluster.issued) / card.flops;
      return total + LAUNCH_GAP + Math.max(computing, sumOf(clusters, (cluster) => cluster.once) / card.bytes);
    }, 0);
    console.log(`estimate, not measured: at best ${(1000 * seconds).toFixed(2)} ms a step on ${card.name}`);
  }
}

function printAll(): void {
  const row = (cells: readonly string[]) =>
    console.log(cells.map((cell, i) => (i === 0 ? cell.padEnd(24) : cell.padStart(12))).join(""));
  row(["preset", "dispatches", "issued", "bytes asked", "full"]);
  for (const id of PRESET_IDS) {
    const { config } = PRESETS[id];
    const { dispatches, issued, useful, bytes, once, full } = totalsOf(planOfStep(config, dataShape(config.dataset)));
    const times = (a: number, b: number) => `${(a / b).toFixed(2)} ×`;
    row([id, String(dispatches), times(issued, useful), times(bytes, once), `${(100 * full).toFixed(0)} %`]);
  }
}

async function main(): Promise<number> {
  try {
    const { values } = parseArgs({
      options: {
        preset: { type: "string" },
        work: { type: "string" },
        backend: { type: "string", default: "webgpu" },
        driver: { type: "string", default: "hardware" },
        brief: { type: "boolean", default: false },
        all: { type: "boolean", default: false },
      },
    });
    if (values.backend !== "webgpu") throw new UsageError("Only the backend webgpu has plans of dispatches.");
    const one = values.all ? null : experiment(values.preset, values.work);
    await startBackend("webgpu");
    const { device } = tf.backend() as WebGPUBackend;
    if (values.driver === "hardware" || values.driver === "software") {
      writeFor(device, { software: values.driver === "software" });
    } else if (values.driver !== "own") throw new UsageError(USAGE);
    if (one === null) printAll();
    else print(planOfStep(one.config, one.shape), values.brief);
    return 0;
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    return error instanceof UsageError ? 2 : 1;
  }
}

process.exit(await main());
