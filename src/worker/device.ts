/** Which backend the session runs on: chosen, changed, replaced when it is lost. Networks are moved by others. */
import type { DevicePreference, DeviceReport } from "../core/device";
import { type BackendEnvironment, type ChosenBackend, chooseBackend } from "../engine/backend";

export class Device {
  readonly #environment: BackendEnvironment;
  readonly #onLost: () => void;
  #chosen: ChosenBackend | null = null;
  #report: DeviceReport | null = null;
  #preference: DevicePreference | null = null;
  #lost: string | null = null;

  /** @param onLost told when `lost` becomes a sentence */
  constructor(environment: BackendEnvironment, onLost: () => void) {
    this.#environment = environment;
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
    return this.#lost;
  }

  /** Starts the wanted backend or the best one. All tensors of the former one must be freed. */
  async choose(preference: DevicePreference): Promise<DeviceReport> {
    const report = await this.#start(preference);
    this.#preference = preference;
    this.#report = report;
    return report;
  }

  /** Starts WebAssembly, or plain JavaScript, in place of a lost graphics device: these cannot be lost. */
  async replace(why: string): Promise<DeviceReport> {
    this.#lost = null;
    const report = await this.#start("wasm");
    this.#report = {
      ...report,
      requested: this.#preference ?? report.requested,
      reason: `${why} Instead: ${report.candidates.find(({ backend }) => backend === report.backend)?.why ?? report.reason}`,
    };
    return this.#report;
  }

  async #start(preference: DevicePreference): Promise<DeviceReport> {
    const { wasmPaths, gpu } = this.#environment;
    const chosen = await chooseBackend(preference, { wasmPaths, gpu });
    this.#chosen = chosen;
    this.#lost = null;
    chosen.onLost((why) => {
      if (this.#chosen !== chosen) return;
      this.#lost = why;
      this.#onLost();
    });
    return chosen.report;
  }
}
