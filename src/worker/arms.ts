/** The arms of a session: made, reconciled with a configuration, saved and brought back. No loop, no messages, no clock. */
import { MEMORY_LIMIT, memoryRefusal, trainingBytes } from "../core/architecture/memory";
import { type ArmPlan, planArms, type WantedArm } from "../core/arm-plan";
import { type ArmConfig, armLetter } from "../core/arms";
import type { ExperimentConfig } from "../core/config";
import { differences, differenceText } from "../core/diagnosis/differences";
import type { Checkpoint, RunSnapshot } from "../core/snapshot";
import { ConfigError } from "../engine/refusals";
import { Arm } from "./arm";
import type { DataSources } from "./data-sources";

export class Arms {
  #arms: Arm[] = [];
  readonly #sources: DataSources;
  readonly #maxRows: number | undefined;

  /** @param maxRows of each arm's curves; smaller values than the default are for tests */
  constructor(sources: DataSources, maxRows?: number) {
    this.#sources = sources;
    this.#maxRows = maxRows;
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

  /** The arm of that name. */
  find(id: ArmConfig["id"]): Arm | undefined {
    return this.#arms.find((arm) => arm.id === id);
  }

  /** What every arm runs. */
  get configs(): readonly ArmConfig[] {
    return this.#arms.map(({ id, config }) => ({ id, config }));
  }

  /** The step of the arm that has gone farthest. */
  get step(): number {
    return Math.max(0, ...this.#arms.map((arm) => arm.trainer.step));
  }

  /**
   * Makes the arms what the protocol's "configure" asks for (core/arm-plan.ts).
   * @returns whether networks were built anew
   * @throws Error when networks cannot be built; the former arms are still there then
   */
  async configure(wanted: readonly WantedArm[]): Promise<boolean> {
    refuseTooLarge(wanted);
    const plan = planArms(this.configs, wanted);
    if (plan.kind === "rebuild") {
      this.rebuild(wanted);
      return true;
    }
    const before = new Map(this.#arms.map((arm) => [arm.id, arm]));
    const next: Arm[] = [];
    const made: Arm[] = [];
    try {
      for (const arm of plan.arms) {
        const source = before.get(arm.source);
        if (source === undefined) throw new Error("unreachable: a plan names arms that run");
        next.push(arm.kind === "update" ? source : await this.#split(arm, source, made));
      }
    } catch (error) {
      for (const arm of made) arm.dispose();
      throw error;
    }
    // Only now that all are there does anything change: a failure above leaves what ran as it was.
    for (const [i, arm] of next.entries()) {
      const planned = plan.arms[i];
      if (planned?.kind === "update") arm.become(planned.id, planned.config);
    }
    for (const arm of this.#arms) if (!next.includes(arm)) arm.dispose();
    this.#arms = next;
    return made.length > 0;
  }

  /** All arms anew, at step 0. @throws Error when they cannot be built; the former ones are still there then */
  rebuild(wanted: readonly ArmConfig[]): void {
    refuseTooLarge(wanted);
    // Former and new ones stand side by side for a moment; where there is no room for both, the former ones go first.
    if (trainingBytes([...this.configs, ...wanted]) > MEMORY_LIMIT) this.dispose();
    const arms = this.#makeAll(wanted);
    this.dispose();
    this.#arms = arms;
  }

  /** A saved run in place of whatever runs, with the given configurations. @throws Error when it is of other networks */
  restore(wanted: readonly ArmConfig[], run: RunSnapshot): void {
    this.rebuild(wanted);
    try {
      for (const arm of this.#arms) {
        const saved = run.arms.find(({ id }) => id === arm.id);
        if (saved !== undefined) arm.restore(saved);
      }
    } catch (error) {
      this.rebuild(wanted);
      throw error;
    }
  }

  /** Everything that the run's future depends on, and its curves. Keeps each arm's state as its good one. */
  async save(): Promise<RunSnapshot> {
    const arms = [];
    for (const arm of this.#arms) arms.push(await arm.save());
    return { arms };
  }

  /** The same with only what is new of the curves since the last checkpoint. */
  async checkpoint(): Promise<Checkpoint> {
    const arms = [];
    for (const arm of this.#arms) arms.push(await arm.checkpoint());
    return { arms };
  }

  dispose(): void {
    for (const arm of this.#arms) arm.dispose();
    this.#arms = [];
  }

  /** One by one, so that those already built can be freed when a later one cannot be. */
  #makeAll(wanted: readonly ArmConfig[]): Arm[] {
    const arms: Arm[] = [];
    try {
      for (const { id, config } of wanted) arms.push(this.#make(id, config));
      return arms;
    } catch (error) {
      for (const arm of arms) arm.dispose();
      throw error;
    }
  }

  #make(id: ArmConfig["id"], config: ExperimentConfig): Arm {
    return new Arm(id, config, this.#sources.get(config.dataset), this.#maxRows);
  }

  /**
   * A new arm with another one's weights and state. Its curves begin here: the steps before were not its own, and what it
   * would have made of them nobody knows.
   */
  async #split(plan: ArmPlan, source: Arm, made: Arm[]): Promise<Arm> {
    const snapshot = await source.keep();
    const arm = this.#make(plan.id, plan.config);
    made.push(arm);
    arm.adopt(snapshot);
    const text = differences(source.config, plan.config).map(differenceText).join(", ");
    const from = `splits off from ${armLetter(source.id)}`;
    if (snapshot.step > 0) {
      await arm.evaluate();
      arm.history.mark(snapshot.step, text === "" ? from : `${from}: ${text}`);
    }
    return arm;
  }
}

/** @throws ConfigError when these arms together want more memory than there is; nothing was built then */
function refuseTooLarge(arms: readonly ArmConfig[]): void {
  const why = memoryRefusal(arms);
  if (why !== null) throw new ConfigError([why]);
}
