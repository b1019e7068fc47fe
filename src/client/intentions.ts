/** What the page wants of its worker, so that another worker can take over. Values only; sending is training-client.ts. */
import { type Plan, planArms } from "../core/arm-plan";
import type { ArmConfig } from "../core/arms";
import type { BackendMeasurement, DevicePreference } from "../core/device";
import { goesOn } from "../core/effects";
import type { FullHistory, RunSnapshot } from "../core/snapshot";
import type { Command } from "../worker/protocol";
import { RunCopy } from "./persistence/run-copy";

/** What a new worker must be told to be where the old one was. */
export interface Intentions {
  arms: readonly ArmConfig[];
  device: DevicePreference;
  measurements: readonly BackendMeasurement[];
  training: boolean;
  /** The worker has begun to train as asked, so that a pause that it reports is a new one. */
  begun: boolean;
  speed: number | null;
  view: Omit<Extract<Command, { readonly type: "view" }>, "type">;
  /** What is known of the run that goes on: the page's copy, or a saved run that was to be taken up; null: it begins. */
  kept: RunCopy | RunSnapshot | null;
  /** The name under which the run is kept; null before there is one. */
  run: string | null;
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
    view: { averaged: true, views: [], zoomed: false, window: null, label: 0, probes: [] },
    kept: null,
    run: null,
  };
}

/** Remembers what a command means for a worker that would have to take over. */
export function remember(intentions: Intentions, command: Command): void {
  switch (command.type) {
    case "configure": {
      const plan = planArms(intentions.arms, command.arms);
      intentions.kept = command.restore ?? carriedOver(intentions.kept, plan);
      intentions.arms = command.arms.map(({ id, config }) => ({ id, config }));
      intentions.run = command.run ?? null;
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
    case "slow-step":
      intentions.training = false;
      break;
    case "reset":
      intentions.run = command.run ?? null;
      intentions.training = false;
      intentions.kept = null;
      break;
    case "speed":
      intentions.speed = command.limit;
      break;
    case "view":
      intentions.view = {
        averaged: command.averaged,
        views: command.views,
        zoomed: command.zoomed,
        window: command.window ?? null,
        label: command.label ?? 0,
        probes: command.probes ?? [],
      };
      break;
    case "generate":
    case "score":
    case "study":
    case "inside":
    case "retry-data":
    case "snapshot":
    case "visit":
    case "look-back":
    case "branch":
    case "prune":
    case "name-branch":
    case "measure":
    case "ping":
      break;
    default:
      command satisfies never;
  }
}

/** The saved run, if its networks are those that are wanted; otherwise null. */
export function fittingRun({ arms, kept }: Intentions): RunSnapshot | null {
  const run = wholeRun(kept);
  if (run === null || run.arms.length !== arms.length) return null;
  const fits = arms.every(({ id, config }) => {
    const saved = run.arms.find((arm) => arm.id === id);
    return saved !== undefined && goesOn(saved.snapshot.config, config);
  });
  return fits ? run : null;
}

/** What is known of the run by the names that its arms go by from now on; null where all arms begin anew. */
function carriedOver(kept: Intentions["kept"], plan: Plan): Intentions["kept"] {
  if (kept === null || plan.kind === "rebuild") return null;
  const same = plan.arms.every(({ id, source, kind }) => kind === "update" && id === source);
  if (same && plan.arms.length === kept.arms.length) return kept;
  const arms = plan.arms.flatMap(({ id, source, kind }) => {
    const saved = wholeRun(kept)?.arms.find((arm) => arm.id === source);
    if (saved === undefined) return [];
    return kind === "update" ? { ...saved, id } : { id, snapshot: saved.snapshot, history: withoutRows(saved.history) };
  });
  return { arms };
}

/** The curves of an arm that splits off: the steps before were another's (worker/arms.ts). */
function withoutRows({ columns }: FullHistory): FullHistory {
  return { columns, steps: new Float64Array(0), values: new Float32Array(0), changes: [] };
}

const wholeRun = (kept: Intentions["kept"]): RunSnapshot | null => (kept instanceof RunCopy ? kept.run : kept);
