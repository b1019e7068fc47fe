/** One arm of a session: a trainer with its curves, its last good state and what stopped it. No loop, no messages. */
import type { ArmId } from "../core/arms";
import type { ExperimentConfig, PlayerName, Players } from "../core/config";
import { differences, differenceText } from "../core/diagnosis/differences";
import { changeKind } from "../core/effects";
import { History } from "../core/history";
import { modelOf, readingIds } from "../core/models";
import { loggedOf, QualityLog } from "../core/quality/log";
import type { ArmSnapshot, Checkpoint, Snapshot } from "../core/snapshot";
import type { RealSource } from "../engine/data";
import { createTrainer, type Trainer } from "../engine/trainer";
import { explainDivergence } from "./divergence";
import type { ArmStatus } from "./protocol";

/** Changes closer together than this, in training steps, are marked on the curves as one. */
const DRAG_STEPS = 50;

export class Arm {
  #id: ArmId;
  readonly data: RealSource;
  readonly history: History;
  /** How good it was, over the run. */
  readonly quality: QualityLog;
  #trainer: Trainer;
  /** The newest state whose numbers were all finite; null before the first was kept: then it is step 0. */
  #good: Snapshot | null = null;
  #stopped: string | null = null;
  /** The numbers of the step that was taken again last; null where the networks have moved since. */
  #again: { readonly step: number; readonly row: Float32Array } | null = null;
  /** The latest change marked on the curves: where it was made, and from what. */
  #marked: { readonly step: number; readonly from: ExperimentConfig } | null = null;

  /** @param maxRows of its curves; smaller values than the default are for tests */
  constructor(id: ArmId, config: ExperimentConfig, data: RealSource, maxRows?: number) {
    this.#id = id;
    this.data = data;
    this.history = new History(readingIds(config), maxRows);
    this.quality = new QualityLog(loggedOf(config));
    this.#trainer = createTrainer({ config, data });
  }

  get id(): ArmId {
    return this.#id;
  }

  get trainer(): Trainer {
    return this.#trainer;
  }

  get config(): ExperimentConfig {
    return this.#trainer.config;
  }

  get running(): boolean {
    return this.#stopped === null;
  }

  get status(): ArmStatus {
    return { arm: this.id, step: this.#trainer.step, stopped: this.#stopped, execution: this.#trainer.execution };
  }

  /** Whether a state to go back to was kept. */
  get kept(): boolean {
    return this.#good !== null;
  }

  /** Whether the next step's data is here. Whoever needs it waits for it (trainer.ready) and tells of failure. */
  hasData(): boolean {
    const coming = this.#trainer.ready();
    coming?.catch(() => {});
    return coming === undefined;
  }

  /** Goes on under this name, with a live change if there is one. */
  become(id: ArmId, config: ExperimentConfig): void {
    if (id !== this.#id) this.history.retell(); // under that name another arm's curves are known
    this.#id = id;
    this.update(config);
  }

  /** Applies a live change, marks it on the curves, and lets a stopped arm try again with it. */
  update(config: ExperimentConfig): void {
    if (changeKind(this.config, config) === "none") return;
    const { step } = this.#trainer;
    // A dragged control sends many values: they are one change, from where it began.
    const since = step - (this.#marked?.step ?? Number.NEGATIVE_INFINITY); // negative after the run went back
    const drag = since >= 0 && since <= DRAG_STEPS ? this.#marked : null;
    const from = drag?.from ?? this.config;
    this.#trainer.update(config);
    this.resume();
    if (drag !== null) this.history.unmark();
    const text = differences(from, config).map(differenceText).join(", ");
    if (text !== "") this.history.mark(step, text);
    this.#marked = text === "" ? null : { step, from };
  }

  /** Reads the numbers of the steps taken since the last call; stops the arm when one is not finite. */
  async collect(players: Players): Promise<void> {
    const numbers = await this.#trainer.readNumbers();
    const [first] = numbers.steps;
    if (first !== undefined) this.history.turn(first, players);
    const width = numbers.steps.length === 0 ? 0 : numbers.values.length / numbers.steps.length;
    numbers.steps.forEach((step, row) => {
      this.history.append(step, numbers.values.subarray(row * width, (row + 1) * width));
    });
    const sentence = explainDivergence(modelOf(this.config), numbers, players);
    if (sentence === null) return;
    this.#stopped = sentence;
    this.#goBack();
  }

  /** Lets a stopped arm go on from its last good state; what its curves show of later steps is dropped. */
  resume(): void {
    if (this.#stopped === null) return;
    this.#stopped = null;
    this.#truncate();
  }

  /** Saves the present state as the good one. All numbers must have been collected. */
  async keep(): Promise<Snapshot> {
    this.#good = await this.#trainer.save();
    return this.#good;
  }

  /** Takes over a saved state; the curves stay. @throws Error when the state is of other networks */
  adopt(snapshot: Snapshot): void {
    this.#trainer.restore(snapshot);
    this.#good = snapshot;
    this.#stopped = null;
  }

  /**
   * Begins its curves at the state that it has just taken over, with what its own objectives say there: the numbers of its next
   * step, which is taken back. Without them where data is still coming, or where they are not finite.
   */
  async evaluate(): Promise<void> {
    const state = this.#good;
    if (state === null || !this.hasData()) return;
    this.#trainer.train("all");
    const numbers = await this.#trainer.readNumbers();
    this.#trainer.restore(state);
    if (explainDivergence(modelOf(this.config), numbers, "all") === null)
      this.history.append(state.step, numbers.values);
  }

  /** Puts the networks where they were; curves and measures stay, and what is kept as good is still the present. */
  travel(snapshot: Snapshot): void {
    if (changeKind(this.config, snapshot.config) !== "none") this.#trainer.update(snapshot.config);
    this.#trainer.restore(snapshot);
    this.#again = null;
  }

  /**
   * Takes the steps up to one again, those of a single player as such. The curves know their numbers; those of the last one are kept,
   * since thinned curves may have no row of it.
   */
  async trainAgain(to: number): Promise<void> {
    const trainer = this.#trainer;
    while (trainer.step < to) {
      await trainer.ready();
      trainer.train(this.#playersAt(trainer.step + 1));
    }
    const { steps, values } = await trainer.readNumbers();
    const step = steps.at(-1);
    this.#again = step === undefined ? null : { step, row: values.slice(-this.history.columns.length) };
  }

  /** What is there now is the present from here on: what curves and measures show of later steps is dropped. */
  async settle(): Promise<void> {
    await this.keep();
    this.#stopped = null;
    this.#marked = null;
    this.#truncate();
    const row = this.#rowNow();
    if (row !== null && this.history.lastStep < this.#trainer.step) this.history.append(this.#trainer.step, row);
  }

  /** Takes over a saved state of this very run, with its curves and its settings. */
  restoreLive(saved: ArmSnapshot): void {
    if (changeKind(this.config, saved.snapshot.config) !== "none") this.#trainer.update(saved.snapshot.config);
    this.restore(saved);
    this.history.retell();
  }

  /**
   * Who learned in a step, read off its row of the curves: whoever did not has no numbers there. As the curves were told where they have
   * no row of it.
   */
  #playersAt(step: number): Players {
    const row = this.history.rowAt(step);
    const { readings, players } = modelOf(this.config);
    if (row === null) return this.history.playersAt(step);
    const told = this.history.columns.flatMap((name, i) => (Number.isNaN(row[i]) ? [] : [readings[name]?.player]));
    const names = Object.keys(players) as PlayerName[]; // a model's players are those of its words
    const learned = names.filter((player) => told.includes(player));
    const [only] = learned;
    return learned.length === 1 && only !== undefined && names.length > 1 ? only : "all";
  }

  /** The readings of the present step, by their columns' names; NaN where the curves have no row of it. */
  readingsNow(): Readonly<Record<string, number>> {
    const row = this.#rowNow();
    return Object.fromEntries(this.history.columns.map((name, i) => [name, row?.[i] ?? Number.NaN]));
  }

  /** The numbers of the present step; null where it is a kept moment whose row was dropped. */
  #rowNow(): Float32Array | null {
    const { step } = this.#trainer;
    return this.history.rowAt(step) ?? (this.#again?.step === step ? this.#again.row : null);
  }

  /** Takes over a saved state and curves. @throws Error when the state is of other networks */
  restore({ snapshot, history, quality }: ArmSnapshot): void {
    this.adopt(snapshot);
    this.history.restore(history);
    this.history.truncate(snapshot.step); // an arm that was stopped had gone back, and its curves had not yet
    if (quality !== undefined) this.quality.restore(quality);
  }

  /** The present state as the good one, with all curves. All numbers must have been collected. */
  async save(): Promise<ArmSnapshot> {
    return { id: this.id, snapshot: await this.keep(), history: this.history.full(), quality: this.quality.all() };
  }

  /** The same with only what is new of the curves since the last time. */
  async checkpoint(): Promise<Checkpoint["arms"][number]> {
    return { id: this.id, snapshot: await this.keep(), history: this.history.news(), quality: this.quality.all() };
  }

  /** Frees the networks; `revive` makes them again from the last kept state, on whatever backend runs then. */
  suspend(): void {
    this.#trainer.dispose();
  }

  revive(): void {
    this.#trainer = createTrainer({ config: this.#trainer.config, data: this.data });
    if (this.#good !== null) this.#trainer.restore(this.#good);
    if (this.#stopped === null) this.#truncate();
  }

  dispose(): void {
    this.#trainer.dispose();
  }

  /** Drops what the curves show of later steps. */
  #truncate(): void {
    this.history.truncate(this.#trainer.step);
    this.quality.truncate(this.#trainer.step);
  }

  #goBack(): void {
    if (this.#good !== null) {
      this.#trainer.restore(this.#good);
      return;
    }
    const { config } = this;
    this.#trainer.dispose();
    this.#trainer = createTrainer({ config, data: this.data });
  }
}
