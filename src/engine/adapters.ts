/** Which graphics adapters are there, and whether they are hardware. Looks only; starting a backend is backend.ts. */
import { explainError } from "../core/errors";

/** What a look at one graphics interface found. */
export type AdapterProbe<Handle> =
  | { readonly found: true; readonly handle: Handle; readonly name: string; readonly hardware: boolean }
  | { readonly found: false; readonly why: string };

/** Names of drivers that draw on the CPU. They are slower than our WebAssembly kernels by orders of magnitude. */
const SOFTWARE = /swiftshader|llvmpipe|lavapipe|softpipe|basic render|software/i;

/** Whether an adapter's driver computes on the processor, by its names. */
export function isSoftware({ vendor, architecture, device, description }: GPUAdapterInfo): boolean {
  return [vendor, architecture, device, description].some((text) => SOFTWARE.test(text));
}

/** Newer browsers tell on `info`, older ones on the adapter itself. */
interface MaybeFallback {
  readonly isFallbackAdapter?: boolean;
}

/**
 * Requests a WebGPU adapter. Never throws.
 * @param gpu `navigator.gpu`, or undefined where there is none
 */
export async function probeWebGpu(gpu: GPU | undefined): Promise<AdapterProbe<GPUAdapter>> {
  if (!gpu) return { found: false, why: "This browser offers no WebGPU here." };
  try {
    const adapter = await gpu.requestAdapter({ powerPreference: "high-performance" });
    if (!adapter) return { found: false, why: "WebGPU is there, but it gave no graphics adapter." };
    const { vendor, architecture, device, description } = adapter.info;
    const name = description || [vendor, architecture, device].filter(Boolean).join(" ") || "an unnamed adapter";
    const fallback = [adapter.info as MaybeFallback, adapter as MaybeFallback].some(
      (x) => x.isFallbackAdapter === true,
    );
    const hardware = !fallback && !isSoftware(adapter.info);
    return { found: true, handle: adapter, name, hardware };
  } catch (error) {
    return { found: false, why: `WebGPU failed to give an adapter: ${explainError(error)}.` };
  }
}

/**
 * Opens a throw-away WebGL 2 context to read the renderer's name. Never throws.
 * @param makeCanvas a new canvas that nothing else draws on; undefined where there is none
 */
export function probeWebGl(makeCanvas: () => OffscreenCanvas | undefined): AdapterProbe<null> {
  try {
    const context = makeCanvas()?.getContext("webgl2");
    if (!context) return { found: false, why: "This browser offers no WebGL 2 here." };
    const info = context.getExtension("WEBGL_debug_renderer_info");
    const name = String(context.getParameter(info ? info.UNMASKED_RENDERER_WEBGL : context.RENDERER));
    const floats = context.getExtension("EXT_color_buffer_float") !== null;
    context.getExtension("WEBGL_lose_context")?.loseContext(); // browsers keep only a few contexts alive
    if (!floats) return { found: false, why: `WebGL on ${name} cannot write 32-bit floats, which training needs.` };
    return { found: true, handle: null, name, hardware: !SOFTWARE.test(name) };
  } catch (error) {
    return { found: false, why: `WebGL failed to start: ${explainError(error)}.` };
  }
}
