/** What the worker tells by itself, put into the store. Pictures and curves of an arm that is being built anew are of something else: dropped. */
import type { StoreApi } from "zustand/vanilla";
import type { ArmId } from "../core/arms";
import type { BackendMeasurement, DeviceReport } from "../core/device";
import type { Quality } from "../core/quality/quality";
import { type Announcer, TITLES } from "./announcer";
import { createShownPicture } from "./shown-picture";
import { steady } from "./state-parts";
import type { ArmView, PlaygroundState } from "./store";
import type { StreamEvent } from "./training-client";

export interface ReceiverOptions extends Pick<Announcer, "say" | "unsay"> {
  readonly store: StoreApi<PlaygroundState>;
  /** Whether answers to configurations that build anew are still to come. */
  isStale(): boolean;
  /** Whether answers to commands that begin or end training are still to come: phases told before them are of another wish. */
  isWishing(): boolean;
  /** The first arm's picture came; those of the others come with it. */
  onPicture(): void;
  /** What computes, with every state that the worker tells. */
  onDevice(report: DeviceReport): void;
  onStep(step: number): void;
  onMeasured(measurement: BackendMeasurement): void;
  onCheckpoint(): void;
  retryData(): void;
}

export interface Receiver {
  receive(event: StreamEvent): void;
  /** Which picture of the first arm stands still on the page. */
  readonly shown: ReturnType<typeof createShownPicture>;
}

export function createReceiver(options: ReceiverOptions): Receiver {
  const { store, say, unsay, isStale, isWishing, onPicture, onDevice, onStep, onMeasured, onCheckpoint, retryData } =
    options;
  const { getState: get, setState: set } = store;

  function updateArm(id: ArmId, change: Partial<ArmView>): void {
    set(({ arms }) => ({ arms: arms.map((view) => (view.id === id ? { ...view, ...change } : view)) }));
  }

  const shown = createShownPicture(
    (arm) => get().arms.find(({ id }) => id === arm),
    (arm, stage) => updateArm(arm, { stage }),
  );

  function receive(event: StreamEvent): void {
    switch (event.type) {
      case "state":
        if (isStale()) return;
        set((state) => ({
          phase: event.phase,
          wantsTraining: isWishing() || state.worker !== "ready" ? state.wantsTraining : event.phase !== "paused",
          step: event.step,
          stepsPerSecond: event.stepsPerSecond,
          device: steady(state.device, event.device ?? state.device),
          arms: state.arms.map((view) => {
            const status = event.arms.find((arm) => arm.arm === view.id);
            if (status === undefined) return view;
            const { step, stopped } = status;
            return { ...view, step, stopped, execution: steady(view.execution, status.execution) };
          }),
        }));
        if (event.device !== null) onDevice(event.device);
        onStep(event.step);
        return;
      case "data":
        set({ data: { dataset: event.dataset, loaded: event.loaded, total: event.total, error: event.error } });
        if (event.error === null) unsay(TITLES.data);
        else say("error", TITLES.data, event.error, { label: "Retry", run: retryData });
        return;
      case "stage":
        if (!isStale()) takePicture(event.arm, { step: event.step, frame: event.frame });
        if (event.arm === get().arms[0]?.id) onPicture();
        return;
      case "curves":
        if (!isStale()) updateArm(event.arm, { curves: event.curves });
        return;
      case "quality":
        if (!isStale()) updateArm(event.arm, { quality: steadyStandards(event.arm, event.quality) });
        return;
      case "probe":
        if (!isStale()) updateProbed(event);
        return;
      case "film":
        if (!isStale()) set({ film: event.index });
        return;
      case "measured":
        onMeasured(event.measurement);
        return;
      case "notice":
        say(event.level, TITLES.worker, event.text);
        return;
      case "checkpoint":
        if (isStale()) return;
        onCheckpoint();
        return;
      default:
        event satisfies never;
    }
  }

  function takePicture(arm: ArmId, stage: ArmView["stage"]): void {
    if (!shown.holds(arm, stage)) updateArm(arm, { stage });
  }

  function updateProbed({ arm, step, id, data }: Extract<StreamEvent, { readonly type: "probe" }>): void {
    const before = get().arms.find((view) => view.id === arm)?.probed;
    updateArm(arm, { probed: { ...before, [id]: { step, data } } });
  }

  /** What real data reads comes with every measuring, and hardly ever says something new. */
  function steadyStandards(id: ArmId, quality: Quality): Quality {
    const former = get().arms.find((view) => view.id === id)?.quality?.standards ?? quality.standards;
    return { ...quality, standards: steady(former, quality.standards) };
  }

  return { receive, shown };
}
