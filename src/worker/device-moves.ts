/** Moves the arms from one device to another with all their state: when asked, when another is faster, when theirs is lost. No loop. */
import type { ArmConfig } from "../core/arms";
import type { BackendMeasurement, BackendName, DevicePreference, DeviceReport } from "../core/device";
import { stepCostKey } from "../core/step-cost";
import { standInData } from "../engine/backend-choice";
import { createTrainer } from "../engine/trainer";
import type { Arms } from "./arms";
import type { Device } from "./device";

export interface MeasuringResult {
  readonly report: DeviceReport;
  /** To be remembered; null when the measuring was ended early. */
  readonly measurement: BackendMeasurement | null;
}

export class DeviceMoves {
  readonly #device: Device;
  readonly #arms: Arms;
  readonly #onMoved: () => void;

  /** @param onMoved what was measured of the arms' speed no longer holds */
  constructor(device: Device, arms: Arms, onMoved: () => void) {
    this.#device = device;
    this.#arms = arms;
    this.#onMoved = onMoved;
  }

  /** Changes the backend where that is asked for, or another is known to be faster for what is going to run. */
  async prepare(preference: DevicePreference, configs: readonly Pick<ArmConfig, "config">[]): Promise<DeviceReport> {
    const experiment = experimentOf(configs);
    if (!this.#device.wouldSwitch(preference, experiment)) return this.#device.describe(experiment);
    if (this.#arms.all.length > 0) await this.#arms.save();
    for (const arm of this.#arms.all) arm.suspend();
    const report = await this.#device.choose(preference, experiment);
    this.#revive();
    return report;
  }

  /** Backends that should be timed before the choice for the arms can be called a good one. */
  undecided(): readonly BackendName[] {
    return this.#arms.all.length === 0 ? [] : this.#device.undecided(experimentOf(this.#arms.all));
  }

  /**
   * Times the first arm's experiment; where the person left the choice to us, the arms move to the fastest device.
   * @param goOn called between steps: false ends the measuring
   * @throws Error when there are no arms
   */
  async measure(which: readonly BackendName[] | "available", goOn: () => Promise<boolean>): Promise<MeasuringResult> {
    const arm = this.#arms.first;
    const { preference } = this.#device;
    if (arm === undefined || preference === null) {
      throw new Error("There is no experiment whose steps could be timed: it has to be configured first.");
    }
    const { config } = arm;
    const experiment = stepCostKey(config);
    const { interrupted } = await this.#device.measure(experiment, which, {
      makeTrainer: () => createTrainer({ config, data: standInData(arm.data.shape) }),
      goOn,
    });
    const report = await this.prepare(preference, [{ config }]);
    return { report, measurement: interrupted ? null : this.#device.measurement(experiment) };
  }

  /** Brings the arms to WebAssembly from their last kept state. @returns what to tell the person */
  async recover(why: string): Promise<string> {
    for (const arm of this.#arms.all) {
      try {
        arm.suspend();
      } catch {
        // its tensors went with the device
      }
    }
    const { backend, candidates } = await this.#device.replace(experimentOf(this.#arms.all));
    this.#revive();
    const instead = candidates.find((candidate) => candidate.backend === backend)?.why ?? "";
    return `${why} Instead: ${instead} The run goes on from step ${this.#arms.step}, the last that was kept.`;
  }

  #revive(): void {
    for (const arm of this.#arms.all) arm.revive();
    this.#onMoved();
  }
}

/** Devices are timed with the first arm: the others differ in few things. */
function experimentOf([first]: readonly Pick<ArmConfig, "config">[]): string {
  return first === undefined ? "" : stepCostKey(first.config);
}
