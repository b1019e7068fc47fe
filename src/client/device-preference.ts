/** Which device the person wants: asked for once by `?device=`, otherwise as remembered. */
import { DEVICE_PREFERENCES, type DevicePreference } from "../core/device";
import type { PageAccess } from "./page";

const KEY = "device";

export interface DevicePreferenceMemory {
  /** `?device=` where it names one (not remembered), else the remembered one, else "auto". */
  initial(): DevicePreference;
  remember(preference: DevicePreference): void;
}

export function createDevicePreference(page: PageAccess): DevicePreferenceMemory {
  return {
    initial() {
      const asked = new URLSearchParams(page.search()).get("device");
      return parse(asked) ?? parse(page.read(KEY)) ?? "auto";
    },
    remember: (preference) => page.write(KEY, preference),
  };
}

function parse(text: string | null): DevicePreference | null {
  return DEVICE_PREFERENCES.find((preference) => preference === text) ?? null;
}
