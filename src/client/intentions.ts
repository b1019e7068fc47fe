/** What the page wants of its worker, so that another worker can take over. Values only; sending is training-client.ts. */
import { changeKind, type ExperimentConfig } from "../core/config";
import type { BackendMeasurement, DevicePreference } from "../core/device";
import type { RunSnapshot } from "../core/snapshot";
import type { Command } from "../worker/protocol";

/** What a new worker must be told to be where the old one was. */
export interface Intentions {
  arms: readonly ExperimentConfig[];
  device: DevicePreference;
  measurements: readonly BackendMeasurement[];
  training: boolean;
  /** The worker has begun to train as asked, so that a pause that it reports is a new one. */
  begun: boolean;
  speed: number | null;
  averaged: boolean;
  checkpoint: RunSnapshot | null;
}

/** Before anything was asked for. */
export function noIntentions(): Intentions {
  return {
    arms: [],
    device: "auto",
    measurements: [],
    training: false,
    begun: false,
    speed: null,
    averaged: false,
    checkpoint: null,
  };
}

/** Remembers what a command means for a worker that would have to take over. */
export function remember(intentions: Intentions, command: Command): void {
  switch (command.type) {
    case "configure": {
      const restarts = command.arms.some((arm, i) => {
        const before = intentions.arms[i];
        return before !== undefined && changeKind(before, arm) === "restart";
      });
      if (restarts) intentions.checkpoint = null;
      if (command.restore !== undefined) intentions.checkpoint = command.restore;
      intentions.arms = command.arms;
      intentions.device = command.device;
      intentions.measurements = command.measurements ?? intentions.measurements;
      break;
    }
    case "train":
      intentions.training = true;
      intentions.begun = false;
      break;
    case "pause":
    case "step":
      intentions.training = false;
      break;
    case "reset":
      intentions.training = false;
      intentions.checkpoint = null;
      break;
    case "speed":
      intentions.speed = command.limit;
      break;
    case "view":
      intentions.averaged = command.averaged;
      break;
    case "generate":
    case "retry-data":
    case "snapshot":
    case "measure":
    case "ping":
      break;
    default:
      command satisfies never;
  }
}

/** The saved run, if its networks are those that are wanted; otherwise null. */
export function fittingCheckpoint({ arms, checkpoint }: Intentions): RunSnapshot | null {
  if (checkpoint === null || checkpoint.arms.length !== arms.length) return null;
  const fits = arms.every((arm, i) => {
    const snapshot = checkpoint.arms[i]?.snapshot;
    return snapshot !== undefined && changeKind(snapshot.config, arm) !== "restart";
  });
  return fits ? checkpoint : null;
}
