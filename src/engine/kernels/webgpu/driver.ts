/** Whether a device's driver computes on the processor, on which the forms of programs depend. */
import { isSoftware } from "../../adapters";

export interface Driver {
  /** Barriers are emulated and threads are few. */
  readonly software: boolean;
}

const drivers = new WeakMap<GPUDevice, Driver>();

export function driverOf(device: GPUDevice): Driver {
  const known = drivers.get(device);
  if (known !== undefined) return known;
  const driver = { software: isSoftware(device.adapterInfo) };
  drivers.set(device, driver);
  return driver;
}

/** From now on programs for this device are written as if for that driver: to count and to test what other machines run. */
export function writeFor(device: GPUDevice, driver: Driver): void {
  drivers.set(device, driver);
}
