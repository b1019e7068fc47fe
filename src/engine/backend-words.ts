/** The sentences about which backend was chosen. Words only; the choosing is backend.ts. */
import { BACKENDS, type BackendName, type DevicePreference } from "../core/device";

const NAMES: Record<BackendName, string> = {
  webgpu: "WebGPU",
  webgl: "WebGL",
  wasm: "WebAssembly",
  cpu: "plain JavaScript",
};

/** The backend that a wish names; null when any will do. */
export function wantedBackend(preference: DevicePreference): BackendName | null {
  if (preference === "auto") return null;
  return preference === "reproducible" ? "wasm" : preference;
}

/**
 * Why this one and not a better one, or not the one asked for.
 * @param options what is known of each without starting it
 * @param failures why those that were tried did not start
 * @param measured milliseconds a step
 */
export function explainChoice(
  preference: DevicePreference,
  chosen: BackendName,
  options: Readonly<Record<BackendName, { readonly recommended: boolean; readonly why: string }>>,
  failures: ReadonlyMap<BackendName, string>,
  measured: ReadonlyMap<BackendName, number>,
): string {
  const here = options[chosen].why;
  const wanted = wantedBackend(preference);
  if (preference === "reproducible" && wanted === chosen) {
    return "As you asked: the processor, without fused multiply-add, gives the numbers that every machine gives.";
  }
  if (wanted === chosen) return `As you asked. ${here}`;
  const whyNot = (name: BackendName): string => failures.get(name) ?? options[name].why;
  if (wanted !== null) return `You asked for ${NAMES[wanted]}, but: ${whyNot(wanted)} Instead: ${here}`;
  const own = measured.get(chosen);
  const others = [...measured].filter(([name]) => name !== chosen && !failures.has(name)).sort(([, a], [, b]) => a - b);
  if (own !== undefined && others.length > 0) {
    const against = others.map(([name, ms]) => `${milliseconds(ms)} with ${NAMES[name]}`).join(", ");
    return `The fastest here for this experiment: ${milliseconds(own)} a step, against ${against}. ${here}`;
  }
  const better = BACKENDS.slice(0, BACKENDS.indexOf(chosen)).filter(
    (name) => !options[name].recommended || failures.has(name),
  );
  if (better.length === 0) return `The best that is here. ${here}`;
  return `${here} ${better.map((name) => `Not ${NAMES[name]}: ${whyNot(name)}`).join(" ")}`;
}

/** Two digits that count. */
function milliseconds(ms: number): string {
  return `${Number(ms.toPrecision(2))} ms`;
}
