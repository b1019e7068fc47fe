/** The arms of a session: made, reconciled with a configuration, saved and brought back. No loop, no messages, no clock. */
import type { ExperimentConfig } from "../core/config";
import type { RunSnapshot } from "../core/snapshot";
import { Arm } from "./arm";
import { describeChanges } from "./changes";
import type { DataSources } from "./data-sources";
import { planArms } from "./reconcile";

const IDS = ["A", "B"] as const;

export class Arms {
  #arms: Arm[] = [];
  readonly #sources: DataSources;

  constructor(sources: DataSources) {
    this.#sources = sources;
  }

  get all(): readonly Arm[] {
    return this.#arms;
  }

  /** Those that were not stopped by a number that is not finite. */
  get running(): readonly Arm[] {
    return this.#arms.filter((arm) => arm.running);
  }

  get first(): Arm | undefined {
    return this.#arms[0];
  }

  /** The step of the arm that has gone farthest. */
  get step(): number {
    return Math.max(0, ...this.#arms.map((arm) => arm.trainer.step));
  }

  /**
   * Makes the arms what the protocol's "configure" asks for (reconcile.ts).
   * @returns whether networks were built anew
   * @throws Error when networks cannot be built; the former arms are still there then
   */
  async configure(configs: readonly ExperimentConfig[]): Promise<boolean> {
    const plan = planArms(
      this.#arms.map((arm) => arm.config),
      configs,
    );
    if (plan.kind === "rebuild") {
      this.rebuild(configs);
      return true;
    }
    const [configA, configB] = configs;
    const [a, b] = this.#arms;
    if (a === undefined || configA === undefined) throw new Error("unreachable: a plan to keep arms has an arm A");
    a.update(configA);
    if (plan.b === "update") {
      if (b !== undefined && configB !== undefined) b.update(configB);
      return false;
    }
    const split = plan.b === "split" && configB !== undefined ? [await this.#split(a, configB)] : [];
    b?.dispose();
    this.#arms = [a, ...split];
    return plan.b === "split";
  }

  /** All arms anew, at step 0. @throws Error when they cannot be built; the former ones are still there then */
  rebuild(configs: readonly ExperimentConfig[]): void {
    const arms = this.#makeAll(configs);
    this.dispose();
    this.#arms = arms;
  }

  /** A saved run in place of whatever runs, with the given configurations. @throws Error when it is of other networks */
  restore(configs: readonly ExperimentConfig[], run: RunSnapshot): void {
    this.rebuild(configs);
    try {
      this.#arms.forEach((arm, i) => {
        const saved = run.arms[i];
        if (saved !== undefined) arm.restore(saved.snapshot, saved.history);
      });
    } catch (error) {
      this.rebuild(configs);
      throw error;
    }
  }

  /** Everything that the run's future depends on, and its curves. Keeps each arm's state as its good one. */
  async save(): Promise<RunSnapshot> {
    const arms = [];
    for (const arm of this.#arms) arms.push({ snapshot: await arm.keep(), history: arm.history.full() });
    return { arms };
  }

  dispose(): void {
    for (const arm of this.#arms) arm.dispose();
    this.#arms = [];
  }

  /** One by one, so that those already built can be freed when a later one cannot be. */
  #makeAll(configs: readonly ExperimentConfig[]): Arm[] {
    const arms: Arm[] = [];
    try {
      for (const [i, config] of configs.entries()) arms.push(this.#make(i, config));
      return arms;
    } catch (error) {
      for (const arm of arms) arm.dispose();
      throw error;
    }
  }

  #make(index: number, config: ExperimentConfig): Arm {
    return new Arm(IDS[index] ?? "B", config, this.#sources.get(config.dataset));
  }

  async #split(from: Arm, config: ExperimentConfig): Promise<Arm> {
    const snapshot = await from.keep();
    const arm = this.#make(1, config);
    arm.restore(snapshot, from.history.full());
    const text = describeChanges(from.config, config);
    if (snapshot.step > 0 && text !== "") arm.history.mark(snapshot.step, `split off, ${text}`);
    return arm;
  }
}
