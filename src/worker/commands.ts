/**
 * What each command of the page does to a session, but for single steps, which wait for the loop. Not when it is obeyed
 * (session.ts).
 */
import { ARM_IDS, type ArmId } from "../core/arms";
import { generate, inside, score, study } from "./answers";
import type { Arms } from "./arms";
import type { DataGate } from "./data-gate";
import type { DataSources } from "./data-sources";
import type { Device } from "./device";
import type { DeviceMoves } from "./device-moves";
import type { Command, CommandType, Results, Visited, WorkerEvent } from "./protocol";
import type { Slicer } from "./slicer";
import type { TimeTravel } from "./time-travel";
import type { Training } from "./training";
import type { Views } from "./views";

/** A command that is obeyed at once. */
type Order = Exclude<Command, { readonly type: "step" }>;

/** What a session consists of, as far as commands reach. */
interface SessionParts {
  readonly post: (event: WorkerEvent) => void;
  /** Milliseconds that never go back. */
  readonly now: () => number;
  readonly sources: DataSources;
  readonly arms: Arms;
  readonly device: Device;
  readonly moves: DeviceMoves;
  readonly travel: TimeTravel;
  readonly views: Views;
  readonly slicer: Slicer;
  readonly gate: DataGate;
  readonly training: Training;
  /** Times devices, while nobody waits for something else. */
  readonly measure: () => Promise<Results["measure"]>;
}

export class Commands {
  readonly #parts: SessionParts;

  constructor(parts: SessionParts) {
    this.#parts = parts;
  }

  /** @throws Error in a sentence where it cannot be done */
  async obey(command: Order): Promise<Results[CommandType]> {
    const { arms, slicer, sources, training, travel, views } = this.#parts;
    switch (command.type) {
      case "configure":
        return this.#configure(command);
      case "train":
        this.refuseUnconfigured();
        await this.settle();
        training.begin(command.until, command.player);
        return null;
      case "pause":
        this.#halt();
        return null;
      case "reset":
        training.halt();
        travel.replaced(null);
        travel.name(command.run ?? null);
        arms.rebuild(arms.configs);
        views.rebuilt();
        return null;
      case "speed":
        if (command.limit !== null && !(command.limit > 0)) {
          throw new Error(`A speed limit must be above 0 steps per second, not ${command.limit}. Pause to stop.`);
        }
        slicer.limit.limit = command.limit;
        return null;
      case "generate":
        return this.#timed(generate(arms.all, command.latents, command.count, views.averaged, command.label ?? 0));
      case "score":
        return this.#timed(score(arms.all, command.samples, command.count, command.label ?? 0));
      case "study":
        return this.#timed(study(arms.find(command.arm), command.study, views.averaged, views.classifiers));
      case "inside":
        return inside(arms.find(command.arm), command.question, views.averaged);
      case "retry-data":
        training.attempt();
        for (const arm of arms.all) this.#parts.gate.load(sources.retry(arm.config.dataset));
        training.retry();
        return null;
      case "view":
        views.lookAs(command);
        return null;
      case "snapshot":
        return travel.save();
      case "slow-step":
        this.#halt();
        return views.slowStep(this.#armOf(command.arm) ?? this.refuseUnconfigured());
      case "visit":
        training.halt();
        return this.#visit(command.step, command.exact);
      case "look-back":
        return travel.lookBack(command.step, () => views.look());
      case "branch":
        training.halt();
        return this.#goTo(command.branch);
      case "name-branch":
        await travel.rename(command.branch, command.name);
        return null;
      case "prune":
        travel.prune(command.branch);
        return null;
      case "measure":
        return this.#parts.measure();
      case "ping":
        return null;
      default:
        return command satisfies never;
    }
  }

  /** The first arm. @throws Error when there is none */
  refuseUnconfigured() {
    const { first } = this.#parts.arms;
    if (first === undefined) throw new Error("There is no experiment to train yet: it has to be configured first.");
    return first;
  }

  #armOf(id: ArmId | undefined) {
    return id === undefined ? undefined : this.#parts.arms.find(id);
  }

  /** A past moment that is visited becomes the present. */
  async settle(): Promise<void> {
    const { travel, views } = this.#parts;
    if (!travel.visiting) return;
    await travel.settle();
    views.replaced();
  }

  /** Pauses, and tells so. */
  #halt(): void {
    this.#parts.training.halt();
    this.#parts.views.changed();
  }

  /** An answer with the time it took; nothing else runs meanwhile. */
  async #timed<Answer>(answer: Promise<Answer>): Promise<Answer & { readonly milliseconds: number }> {
    const started = this.#parts.now();
    return { ...(await answer), milliseconds: this.#parts.now() - started };
  }

  async #visit(step: number | null, exact: boolean): Promise<Visited> {
    const { travel, views } = this.#parts;
    const visited = step === null ? travel.back() : await travel.visit(step, exact);
    views.moved();
    return visited;
  }

  async #goTo(branch: number): Promise<Visited> {
    const { travel, views } = this.#parts;
    const visited = await travel.goTo(branch);
    views.redraw(); // with its own curves
    return visited;
  }

  async #configure(command: Extract<Command, { readonly type: "configure" }>): Promise<Results["configure"]> {
    const { arms: wanted, device, restore } = command;
    const { arms, gate, moves, slicer, sources, training, travel, views } = this.#parts;
    if (wanted.length < 1 || wanted.length > ARM_IDS.length) {
      throw new Error(`A session has from one to ${ARM_IDS.length} arms, not ${wanted.length}.`);
    }
    this.#parts.device.recall(command.measurements ?? []);
    const report = await moves.prepare(device, wanted);
    let rebuilt = true;
    if (restore === undefined) await this.settle();
    const before = arms.all.map((arm) => ({ arm, id: arm.id }));
    try {
      if (restore === undefined) rebuilt = await arms.configure(wanted);
      else arms.restore(wanted, restore);
      const same = before.length === arms.all.length && before.every(({ arm, id }) => arms.find(id) === arm);
      travel.name(command.run ?? null);
      if (!same) travel.replaced(restore ?? null);
      else if (restore === undefined) await travel.mark();
      if (restore !== undefined) await travel.takeUp(restore);
    } finally {
      if (arms.all.length === 0) training.halt();
      if (rebuilt) views.rebuilt();
      if (restore !== undefined || !rebuilt) views.replaced();
    }
    slicer.forget();
    for (const arm of arms.all) {
      this.#parts.post(sources.progress(arm.config.dataset));
      const coming = arm.data.ready(0); // what the views need
      if (coming !== undefined) gate.load(coming);
    }
    return report;
  }
}
