/** What the forms of a device's programs depend on: whether its driver computes on the processor, and what was found by timing. */
import { isSoftware } from "../../adapters";
import { FormTrials } from "./form-trials";

export interface Driver {
  /** Barriers are emulated and threads are few. */
  readonly software: boolean;
  /** On graphics cards: products' forms, timed on the very device. */
  readonly trials?: FormTrials;
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

/** From now on programs for this device are written as if for that driver: to count and to test what other machines run. */
export function writeFor(device: GPUDevice, driver: Driver): void {
  drivers.set(device, driver);
}
