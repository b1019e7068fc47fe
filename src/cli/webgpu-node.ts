/**
 * WebGPU in Node, through the npm package `webgpu` (Dawn) and whatever Vulkan driver is there: a graphics card's, or the software driver
 * SwiftShader that comes with Chromium. For tests and the command line; the page has its browser's own.
 */
import { existsSync } from "node:fs";
import { constants } from "node:os";
import { join } from "node:path";

/** Folders in which a Chromium keeps SwiftShader and its Vulkan loader. */
const CHROMIUM_FOLDERS = [
  "/usr/lib/chromium",
  "/usr/lib64/chromium-browser",
  "/opt/google/chrome",
  "/usr/lib/chromium-browser",
];
const LOADER = "libvulkan.so.1";
const SWIFTSHADER = "vk_swiftshader_icd.json";

/** Keeps the library loaded although Node finds no add-on in it and closes it again (dlfcn.h, Linux). */
const RTLD_NODELETE = 0x1000;

/**
 * Dawn otherwise leaves the zeroing of workgroup memory to Vulkan, for which SwiftShader compiles one store for every float: a second and
 * more for each pipeline, where a loop takes a fraction.
 */
const ZERO_BY_LOOP = "disable-dawn-features=use_vulkan_zero_initialize_workgroup_memory_extension";

let opened: Promise<GPU | undefined> | undefined;

/** A GPU object as in a browser, also installed as `navigator.gpu` with WebGPU's global constants; undefined where no driver is found. */
export function openWebGpu(): Promise<GPU | undefined> {
  opened ??= open();
  return opened;
}

async function open(): Promise<GPU | undefined> {
  loadSwiftShader();
  try {
    const { create, globals } = await import("webgpu");
    Object.assign(globalThis, globals);
    const gpu = create([ZERO_BY_LOOP]) as GPU;
    if (!(await gpu.requestAdapter())) return undefined;
    // TensorFlow.js's backend looks for navigator.gpu before it does anything. Node 20 has no navigator, Node 21 and later have one.
    const holder: { navigator?: object } = globalThis;
    if (!holder.navigator)
      Object.defineProperty(globalThis, "navigator", { value: {}, configurable: true, writable: true });
    Object.defineProperty(globalThis.navigator, "gpu", { value: gpu, configurable: true });
    return gpu;
  } catch {
    return undefined; // no build of Dawn for this machine, or no driver: the same to the caller
  }
}

/**
 * Makes Chromium's Vulkan loader and SwiftShader findable for Dawn, unless the machine's owner named a driver. LD_LIBRARY_PATH is read
 * only when a process starts; a library that is already loaded under its name is found without it.
 */
function loadSwiftShader(): void {
  if (process.platform !== "linux" || process.env.VK_ICD_FILENAMES || process.env.VK_DRIVER_FILES) return;
  const folder = CHROMIUM_FOLDERS.find((path) => existsSync(join(path, LOADER)) && existsSync(join(path, SWIFTSHADER)));
  if (!folder) return;
  process.env.VK_ICD_FILENAMES = join(folder, SWIFTSHADER);
  try {
    process.dlopen(
      { exports: {} },
      join(folder, LOADER),
      constants.dlopen.RTLD_NOW | constants.dlopen.RTLD_GLOBAL | RTLD_NODELETE,
    );
  } catch {
    // Expected: "Module did not self-register". It is a plain library, and now it is loaded.
  }
}
