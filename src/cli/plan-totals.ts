/** Records a step on WebGPU and adds up what its plan does. Counts only: nothing is timed and nothing is printed. */
import type { ExperimentConfig } from "../core/config";
import type { ClusterReport, DispatchReport } from "../engine/replay/webgpu/report";
import { createTrainer } from "../engine/trainer";
import { noiseFor } from "./noise-source";

/** Threads from which on a dispatch is called full. */
export const FULL_THREADS = 10_000;

/** The plan of a step, for whose shape reals of noise are as good as any. */
export function planOfStep(config: ExperimentConfig, shape: readonly number[]): readonly DispatchReport[] {
  const trainer = createTrainer({ config, data: noiseFor(config, shape) });
  try {
    trainer.train("all");
    const { dispatches, execution } = trainer;
    if (dispatches === null) throw new Error(`There is no plan: ${execution.reason}`);
    return dispatches;
  } finally {
    trainer.dispose();
  }
}

export interface PlanTotals {
  readonly dispatches: number;
  readonly useful: number;
  readonly issued: number;
  readonly bytes: number;
  readonly once: number;
  /** Share of the useful operations in dispatches with at least FULL_THREADS threads. */
  readonly full: number;
  /** Terms along the chain of dispatches, each taking as long as its longest thread. */
  readonly serial: number;
}

export const sumOf = (clusters: readonly ClusterReport[], of: (cluster: ClusterReport) => number): number =>
  clusters.reduce((total, cluster) => total + of(cluster), 0);
export const threadsOf = ({ clusters }: DispatchReport): number => sumOf(clusters, ({ threads }) => threads);

export function totalsOf(plan: readonly DispatchReport[]): PlanTotals {
  const all = plan.flatMap(({ clusters }) => clusters);
  const useful = sumOf(all, (cluster) => cluster.useful);
  const inFull = sumOf(
    plan.filter((dispatch) => threadsOf(dispatch) >= FULL_THREADS).flatMap(({ clusters }) => clusters),
    (cluster) => cluster.useful,
  );
  return {
    dispatches: plan.length,
    useful,
    issued: sumOf(all, ({ issued }) => issued),
    bytes: sumOf(all, ({ bytes }) => bytes),
    once: sumOf(all, ({ once }) => once),
    full: useful === 0 ? 1 : inFull / useful,
    serial: plan.reduce((total, { clusters }) => total + Math.max(0, ...clusters.map(({ serial }) => serial)), 0),
  };
}
