/** Remembers where a run was sound, to take it back there when it has blown up. Values only. */
import { dequal } from "dequal/lite";
import type { RunSnapshot } from "../../core/snapshot";
import { stepOf } from "../../core/snapshot";
import type { ArmState, RunCopy } from "../persistence/run-copy";
import type { SoundSteps } from "../store";

type State = readonly ArmState[];

export class SoundRun {
  #latest: State | null = null;
  #beforeChange: State | null = null;

  /** Takes a checkpoint as sound. */
  keep({ arms }: RunCopy): void {
    const state = arms.map(({ curves: _curves, ...rest }) => rest);
    const configs = (of: State) => of.map(({ id, snapshot }) => [id, snapshot.config]);
    if (this.#latest !== null && !dequal(configs(this.#latest), configs(state))) this.#beforeChange = this.#latest;
    this.#latest = state;
  }

  /** Another run begins. */
  clear(): void {
    this.#latest = null;
    this.#beforeChange = null;
  }

  get steps(): SoundSteps | null {
    if (this.#latest === null) return null;
    const before = this.#beforeChange;
    return { latest: stepOf({ arms: this.#latest }), beforeChange: before === null ? null : stepOf({ arms: before }) };
  }

  /** The run as it was, with the curves that it has by now: those of later steps are dropped where it is taken up. */
  run(which: keyof SoundSteps, copy: RunCopy): RunSnapshot | null {
    const state = which === "latest" ? this.#latest : this.#beforeChange;
    const now = copy.run;
    if (state === null || now === null) return null;
    const arms = state.flatMap((arm) => {
      const same = now.arms.find(({ id }) => id === arm.id);
      return same === undefined ? [] : [{ ...arm, history: same.history }];
    });
    return arms.length === state.length ? { arms } : null;
  }
}
