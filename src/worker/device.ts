/**
 * Which backend the session runs on: chosen, changed, replaced when it is lost; and what is known of each one's speed. Networks are moved by
 * others.
 */
import {
  BACKENDS,
  type BackendMeasurement,
  type BackendName,
  type DevicePreference,
  type DeviceReport,
} from "../core/device";
import { type BackendEnvironment, type Backends, type ChosenBackend, openBackends } from "../engine/backend";
import { type Measured, type MeasureOptions, measureBackends } from "../engine/backend-choice";
import { type FormStore, FormTuning } from "./form-tuning";

/** Where WebAssembly takes this long for a step, what draws or computes on the CPU in slower ways would take seconds. */
const SLOW_STEP_MS = 8;

/** Time for measuring unasked: a visitor who looks around does not notice it. */
const BUDGET_MS = 1000;

export interface DeviceEnvironment extends BackendEnvironment {
  /** Milliseconds that never go back. */
  readonly now: () => number;
  /** See SessionEnvironment. */
  readonly forms?: FormStore | undefined;
}

/** Share by which a step's time differs before it is told anew: the page draws its device again with each. */
const NOTICED_CHANGE = 0.2;

export class Device {
  /** Forms of products, on graphics cards. */
  readonly forms: FormTuning;
  readonly #environment: DeviceEnvironment;
  readonly #onLost: () => void;
  #backends: Backends | null = null;
  #chosen: ChosenBackend | null = null;
  #report: DeviceReport | null = null;
  #preference: DevicePreference | null = null;
  #lost: string | null = null;
  #noticed: number | null = null;
  /** By experiment (core/step-cost.ts), for this machine or another. */
  readonly #known = new Map<string, BackendMeasurement>();
  /** Backends that were tried in vain, with the reason; by experiment. */
  readonly #failed = new Map<string, Map<BackendName, string>>();

  /** @param onLost told when `lost` becomes a sentence */
  constructor(environment: DeviceEnvironment, onLost: () => void) {
    this.#environment = environment;
    this.forms = new FormTuning(environment.forms);
    this.#onLost = onLost;
  }

  get report(): DeviceReport | null {
    return this.#report;
  }

  /** What was asked for last. */
  get preference(): DevicePreference | null {
    return this.#preference;
  }

  /** Why the backend in use is gone, with all its tensors; null while all is well. */
  get lost(): string | null {
    return this.#lost ?? this.#chosen?.lostNow() ?? null;
  }

  /** Takes over what was measured in earlier visits. */
  recall(measurements: readonly BackendMeasurement[]): void {
    for (const measurement of measurements) this.#known.set(measurement.experiment, measurement);
  }

  /** Whether `choose` would start another backend than the one in use, if nothing fails. */
  wouldSwitch(preference: DevicePreference, experiment: string): boolean {
    if (this.#report === null || preference !== this.#preference) return true;
    const measured = this.#measured(experiment);
    if (preference !== "auto" || measured.size === 0) return false;
    return this.#backends?.first(preference, measured) !== this.#report.backend;
  }

  /** The report for another experiment, while the same backend computes. */
  describe(experiment: string): DeviceReport {
    if (this.#backends === null || this.#report === null) throw new Error("No backend was started yet.");
    const { backend, requested } = this.#report;
    this.#report = this.#backends.describe(backend, requested, this.#measured(experiment), this.#notes(experiment));
    return this.#report;
  }

  /** Starts the wanted backend or the best one. Tensors of the former one must be freed where it is another. */
  async choose(preference: DevicePreference, experiment: string): Promise<DeviceReport> {
    const report = await this.#start(preference, experiment);
    this.#preference = preference;
    this.#report = report;
    return report;
  }

  /** How long a step takes in training, where it was not measured beside others: told anew where it is clearly another. */
  notice(msPerStep: number | null): void {
    const report = this.#report;
    if (report === null || msPerStep === null) return;
    const own = report.candidates.find(({ backend }) => backend === report.backend);
    if (own === undefined || (own.msPerStep !== null && own.msPerStep !== this.#noticed)) return;
    if (own.msPerStep !== null && Math.abs(msPerStep / own.msPerStep - 1) < NOTICED_CHANGE) return;
    const rounded = Number(msPerStep.toPrecision(2));
    this.#noticed = rounded;
    const candidates = report.candidates.map((one) => (one === own ? { ...one, msPerStep: rounded } : one));
    this.#report = { ...report, candidates };
  }

  /** Starts WebAssembly, or plain JavaScript, in place of a lost graphics device: these cannot be lost. */
  async replace(experiment: string): Promise<DeviceReport> {
    const requested = this.#preference ?? "auto";
    this.#report = { ...(await this.#start("wasm", experiment)), requested };
    return this.describe(experiment);
  }

  /** Backends whose speed should decide about an experiment, and is not known; empty when there is nothing to decide. */
  undecided(experiment: string): readonly BackendName[] {
    if (this.#preference !== "auto" || this.#backends === null) return [];
    const contenders = this.#backends.contenders("recommended");
    if (contenders.length < 2) return [];
    const known = (name: BackendName) =>
      this.#measured(experiment).has(name) || this.#failed.get(experiment)?.has(name) === true;
    return contenders.every(known) ? [] : contenders;
  }

  /**
   * Times an experiment's steps on the given backends, or on all that are there. All figures are kept when the measuring came to its end.
   * @returns what was measured; the backend in use is the current one again
   */
  async measure(
    experiment: string,
    which: readonly BackendName[] | "available",
    options: Pick<MeasureOptions, "makeTrainer" | "goOn">,
  ): Promise<Measured> {
    const backends = this.#backends;
    if (backends === null || this.#report === null) throw new Error("No backend was started yet.");
    const recommended = backends.contenders("recommended");
    const measured = await measureBackends({
      ...options,
      backends: which === "available" ? backends.contenders("available") : which,
      activate: (backend) => backends.activate(backend),
      now: this.#environment.now,
      ...(which === "available" ? {} : { budgetMs: BUDGET_MS }),
      skip(backend, known) {
        const wasm = known.find((timing) => timing.backend === "wasm")?.msPerStep ?? 0;
        const slow = !recommended.includes(backend) && wasm > SLOW_STEP_MS;
        return slow ? "Not measured: a step of this experiment would take it many seconds." : null;
      },
    });
    await backends.activate(this.#report.backend);
    if (!measured.interrupted) this.#keep(experiment, backends.machine, measured);
    return measured;
  }

  /** What is known of an experiment on this machine, to be remembered; null when nothing is. */
  measurement(experiment: string): BackendMeasurement | null {
    const known = this.#known.get(experiment);
    return known?.machine === this.#backends?.machine ? (known ?? null) : null;
  }

  #keep(experiment: string, machine: string, { timings }: Measured): void {
    const failed = new Map<BackendName, string>();
    const msPerStep: Partial<Record<BackendName, number>> = {};
    for (const timing of timings) {
      if (timing.failure !== null) failed.set(timing.backend, timing.failure);
      else if (timing.msPerStep !== null) msPerStep[timing.backend] = timing.msPerStep;
    }
    this.#failed.set(experiment, failed);
    if (Object.keys(msPerStep).length > 0) this.#known.set(experiment, { experiment, machine, msPerStep });
  }

  #measured(experiment: string): ReadonlyMap<BackendName, number> {
    const figures = this.measurement(experiment)?.msPerStep ?? {};
    return new Map(BACKENDS.flatMap((name) => (figures[name] === undefined ? [] : [[name, figures[name]] as const])));
  }

  #notes(experiment: string): ReadonlyMap<BackendName, string> {
    return this.#failed.get(experiment) ?? new Map();
  }

  async #start(preference: DevicePreference, experiment: string): Promise<DeviceReport> {
    this.#backends ??= await openBackends(this.#environment);
    const chosen = await this.#backends.choose(preference, this.#measured(experiment), this.#notes(experiment));
    this.#chosen = chosen;
    this.#lost = null;
    chosen.onLost((why) => {
      if (this.#chosen?.report.backend !== chosen.report.backend || this.#lost !== null) return;
      this.#lost = why;
      this.#onLost();
    });
    await this.forms.recall();
    return chosen.report;
  }
}
