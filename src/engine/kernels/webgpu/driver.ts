/** What the forms of a device's programs depend on: whether its driver computes on the processor, and what was found by trying. */
import { isSoftware } from "../../adapters";
import { FormTrials } from "./form-trials";
import { subgroupThreads } from "./subgroups";

export interface Driver {
  /** Barriers are emulated and threads are few. */
  readonly software: boolean;
  /** On graphics cards: products' forms, timed on the very device. */
  readonly trials?: FormTrials;
  /** Neighbouring threads that exchange numbers without barriers, a power of two (subgroups.ts); undefined where none do. */
  readonly exchanging?: number | undefined;
}

const drivers = new WeakMap<GPUDevice, Driver>();

export function driverOf(device: GPUDevice): Driver {
  const known = drivers.get(device);
  if (known !== undefined) return known;
  const software = isSoftware(device.adapterInfo);
  const driver = software ? { software } : { software, trials: new FormTrials(device) };
  drivers.set(device, driver);
  return driver;
}

/** Finds out what only trying tells. Before it, programs are written without. */
export async function tryDriver(device: GPUDevice): Promise<void> {
  drivers.set(device, { ...driverOf(device), exchanging: await subgroupThreads(device) });
}

/** From now on programs for this device are written as if for that driver: to count and to test what other machines run. */
export function writeFor(device: GPUDevice, driver: Driver): void {
  drivers.set(device, driver);
}
