/**
 * Notices that the WebGL context in which TensorFlow.js computes is gone (driver reset, sleep, too much memory). TensorFlow.js itself goes on
 * as if nothing were: it waits for ever for a fence that never passes, and reads zeros. Not the recovery, which is the worker's.
 */
import * as tf from "@tensorflow/tfjs";

/** What is used of TensorFlow.js's MathBackendWebGL. */
interface WebGlBackend {
  readonly gpgpu: {
    readonly gl: WebGL2RenderingContext;
    createFence(gl: WebGL2RenderingContext): { readonly query: unknown; isFencePassed(): boolean };
  };
  read(dataId: object): Promise<tf.backend_util.TypedArray>;
}

export interface WebGlWatch {
  /** Resolves, with a sentence, when the context is lost. */
  readonly lost: Promise<string>;
  /** The same at once, also before the browser has told: null while all is well. */
  lostNow(): string | null;
}

const LOST = "The graphics device was lost (its WebGL context is gone).";

/** Watches the context of the current backend, which must be "webgl". Whoever waits for its results then gets an error instead. */
export function watchWebGl(): WebGlWatch {
  const backend = tf.backend() as unknown as WebGlBackend;
  const { gpgpu } = backend;
  const { gl } = gpgpu;
  let tell = (_: string) => {};
  const lost = new Promise<string>((resolve) => {
    tell = resolve;
  });
  const lostNow = () => {
    if (!gl.isContextLost()) return null;
    tell(LOST);
    return LOST;
  };
  // An OffscreenCanvas knows the event as well as an element does, whatever the types say.
  const canvas: EventTarget = gl.canvas;
  canvas.addEventListener("webglcontextlost", () => tell(LOST));
  const createFence = gpgpu.createFence.bind(gpgpu);
  gpgpu.createFence = (context) => {
    const fence = createFence(context);
    return { query: fence.query, isFencePassed: () => lostNow() !== null || fence.isFencePassed() };
  };
  const read = backend.read.bind(backend);
  backend.read = async (dataId) => {
    const values = await read(dataId);
    const why = lostNow();
    if (why !== null) throw new Error(why);
    return values;
  };
  return { lost, lostNow };
}

/** Makes TensorFlow.js forget a backend whose context is gone, so that its next start makes another. */
export function forgetWebGl(): void {
  const factory = tf.findBackendFactory("webgl");
  try {
    tf.removeBackend("webgl");
  } catch {
    // what it cannot free went with the context
  }
  if (factory !== null && tf.findBackendFactory("webgl") === null) tf.registerBackend("webgl", factory);
}
