import { beforeAll, describe, expect, it } from "vitest";
import { startBackend } from "../../src/cli/node-backend";
import { normals } from "../../src/core/rng";
import type { KernelExports } from "../../src/engine/kernels/wasm/exports";
import { wasmRuntime } from "../../src/engine/kernels/wasm/register";
import type { KernelRuntime } from "../../src/engine/kernels/wasm/runtime";
import { type Argument, type ModuleCall, SCRATCH, type Value } from "../../src/engine/replay/wasm/calls";
import { isRegion, type Part, touchedBy, wholeOf } from "../../src/engine/replay/wasm/parts";
import { shareOut } from "../../src/engine/replay/wasm/schedule";
import { splitCall } from "../../src/engine/replay/wasm/split";

let runtime: KernelRuntime;

beforeAll(async () => {
  await startBackend("wasm");
  const found = wasmRuntime();
  if (found === undefined) throw new Error("The kernels are not registered.");
  runtime = found;
});

const value = (floats: number): Value => ({ bytes: floats * 4, source: { kind: "computed" } });
const at = (of: Value, offset = 0): Argument => ({ value: of, offset });
const call = (name: keyof KernelExports, ...args: Argument[]): ModuleCall => ({ kind: "module", name, args });

/** Runs parts on fresh memory; @returns the bytes of every value */
function outcome(parts: readonly Part[], geometry: readonly number[], batches: readonly number[]): Buffer[] {
  const regions = parts.flatMap(({ args }) => args.filter(isRegion));
  const values = [...new Set(regions.map(({ place }) => place.value))].sort(
    (a, b) => order.indexOf(a) - order.indexOf(b),
  );
  const addresses = new Map(values.map((one) => [one, runtime.allocate(one.bytes)]));
  for (const [i, one] of values.entries()) {
    normals(new Float32Array(runtime.memory.buffer, addresses.get(one) ?? 0, one.bytes / 4), 7, 1, i);
  }
  for (const [i, { name, args }] of parts.entries()) {
    if (geometry.length > 0) {
      const set = runtime.exports.setConvolution as (...numbers: number[]) => void;
      set(batches[i] ?? geometry[0] ?? 0, ...geometry.slice(1));
    }
    const scratch = runtime.scratch(4 * 2 ** 20);
    const numbers = args.map((argument) => {
      if (argument === SCRATCH) return scratch;
      return isRegion(argument) ? (addresses.get(argument.place.value) ?? 0) + argument.place.offset : argument;
    });
    (runtime.exports[name] as (...numbers: number[]) => void)(...numbers);
  }
  return values.map((one) => {
    const address = addresses.get(one) ?? 0;
    const bytes = Buffer.from(new Uint8Array(runtime.memory.buffer, address, one.bytes).slice());
    runtime.free(address);
    return bytes;
  });
}

/** Values of the case at hand in a fixed order, so that whole and parts begin with the same numbers. */
let order: Value[] = [];

function expectSame(whole: ModuleCall, geometry: readonly number[] = []): void {
  order = whole.args.flatMap((argument) => (typeof argument === "object" ? [argument.value] : []));
  const expected = outcome([wholeOf(whole)], geometry, []);
  for (const threads of [2, 3, 4, 7]) {
    const parts = splitCall(whole, threads, geometry);
    expect(parts?.length ?? 0).toBeGreaterThan(1);
    if (parts === null) return;
    // Images of a convolution's part, from the memory that it reads.
    const [, h = 1, w = 1, c = 1, oh = 1, ow = 1, oc = 1] = geometry;
    const perImage = whole.name === "convolutionInputGradient" ? oh * ow * oc : h * w * c;
    const batches = parts.map(({ args: [x] }) => (x !== undefined && isRegion(x) ? x.bytes / (4 * perImage) : 0));
    const found = outcome(parts, geometry, batches);
    for (const [i, bytes] of expected.entries()) expect(Buffer.compare(found[i] ?? Buffer.alloc(0), bytes)).toBe(0);
  }
}

describe("the parts of a call make the whole, bit for bit", () => {
  const sizes = [
    [67, 131, 77],
    [131, 67, 900],
    [64, 784, 100],
    [640, 3, 400],
    [3, 640, 500],
    [900, 1, 1000],
    [900, 2, 600],
    [2, 900, 800],
    [1, 1200, 900],
    [800, 700, 2],
    [900, 704, 1],
  ] as const;
  for (const [m, n, k] of sizes) {
    it(`of a product ${m}×${k} times ${k}×${n}, however it is transposed`, () => {
      for (const transposeA of [0, 1]) {
        for (const transposeB of [0, 1]) {
          for (const [accumulate, bias] of [
            [0, at(value(n))],
            [1, 0],
          ] as const) {
            const [a, b, c] = [value(m * k), value(k * n), value(m * n)];
            const strides = [transposeA ? m : k, transposeB ? k : n, n];
            expectSame(
              call("gemm", at(a), at(b), at(c), m, n, k, transposeA, transposeB, ...strides, bias, accumulate, SCRATCH),
            );
          }
        }
      }
    });
  }

  for (const [name, geometry] of Object.entries({
    "stride two": [7, 14, 14, 20, 7, 7, 40, 4, 4, 2, 2, 1, 1, 1, 1],
    "one pixel": [7, 14, 14, 20, 14, 14, 40, 1, 1, 1, 1, 1, 1, 0, 0],
    dilation: [5, 13, 11, 9, 9, 7, 49, 3, 3, 1, 1, 2, 2, 0, 0],
  })) {
    const [batch = 0, h = 0, w = 0, ic = 0, oh = 0, ow = 0, oc = 0, kh = 0, kw = 0] = geometry;
    const image = () => at(value(batch * h * w * ic));
    const map = () => at(value(batch * oh * ow * oc));
    const filter = () => at(value(kh * kw * ic * oc));
    it(`of a convolution with ${name}`, () => {
      expectSame(call("convolutionForward", image(), filter(), at(value(oc)), map(), SCRATCH), geometry);
    });
    it(`of its input gradient with ${name}`, () => {
      expectSame(call("convolutionInputGradient", map(), filter(), image(), SCRATCH), geometry);
    });
    it(`of its filter gradient with ${name}`, () => {
      expectSame(call("convolutionFilterGradient", image(), map(), filter(), SCRATCH), geometry);
    });
  }

  it("of sums over rows, columns and in between", () => {
    expectSame(call("sumAxis", at(value(501 * 203)), at(value(203)), 1, 501, 203, 0.5));
    expectSame(call("sumAxis", at(value(1001 * 203)), at(value(1001)), 1001, 203, 1, 1));
    expectSame(call("sumAxis", at(value(50 * 40 * 63)), at(value(50 * 63)), 50, 40, 63, 1));
  });

  it("of batch norm and its gradient", () => {
    const [rows, channels] = [301, 203];
    const [x, row] = [() => at(value(rows * channels)), () => at(value(channels))];
    const sizes = [rows, channels, channels, 0.001];
    expectSame(call("normalizeColumns", x(), row(), row(), x(), row(), row(), ...sizes));
    // Variances of normal numbers would be negative: the epsilon makes up for it.
    expectSame(
      call("normalizeGradient", x(), x(), row(), row(), row(), x(), row(), row(), rows, channels, channels, 9),
    );
  });

  it("of arithmetic with broadcasting", () => {
    const [m, n] = [301, 403];
    const [x, y] = [value(m * n), value(m * n)];
    expectSame(call("add", at(x), at(value(n)), at(y), 1, m, n, 0, n, 1, 0, 0, 1));
    expectSame(call("multiply", at(value(m)), at(x), at(y), 1, m, n, 0, 1, 0, 0, n, 1));
    expectSame(call("subtract", at(x), at(value(m * n)), at(y), 1, 1, m * n, 0, 0, 1, 0, 0, 1));
    expectSame(call("divide", at(value(1)), at(x), at(y), 1, 1, m * n, 0, 0, 0, 0, 0, 1));
    expectSame(
      call(
        "maximum",
        at(value(30 * 50)),
        at(value(30 * 40 * 50)),
        at(value(30 * 40 * 50)),
        30,
        40,
        50,
        50,
        0,
        1,
        2000,
        50,
        1,
      ),
    );
    expectSame(call("add", at(x), at(value(m * n)), at(x), 1, 1, m * n, 0, 0, 1, 0, 0, 1));
  });

  it("of functions of each element, repeats and copies", () => {
    const count = 100_003;
    const whole = () => at(value(count));
    for (const name of ["exp", "tanh", "softplus", "sigmoid", "elu", "square", "relu", "negate"] as const) {
      expectSame(call(name, whole(), whole(), count));
    }
    expectSame(call("leakyGradient", whole(), whole(), whole(), count, 0.2));
    expectSame(call("clip", whole(), whole(), count, -0.5, 0.5));
    expectSame(call("fill", at(value(200_001)), 200_001, 3));
    expectSame(call("repeat", at(value(70)), at(value(70 * 1001)), 70, 1001, 1));
    expectSame(call("repeat", at(value(203)), at(value(203 * 501)), 1, 501, 203));
    const [turned, moved] = [at(value(300 * 403)), at(value(300 * 403))];
    expectSame(call("rearrange", turned, moved, 1, 1, 403, 300, 0, 0, 1, 403));
    expectSame(call("rearrange", turned, moved, 30, 13, 31, 10, 4030, 1, 130, 13));
    expectSame(call("copyRows", at(value(500 * 100)), at(value(500 * 120)), 500, 400, 400, 480));
    expectSame(call("copyRows", whole(), whole(), 1, count * 4, count * 4, count * 4));
  });

  it("of sums of squares", () => {
    expectSame(call("partialSquares", at(value(100_003)), at(value(50)), 100_003));
  });

  it("of Adam, whose rates are not parts of the vectors, and of the gradient's squares that it sums", () => {
    const count = 100_003;
    const [w, g, m] = [value(count), value(count), value(count)];
    const v = value(count);
    const squares = value(50);
    const start = call("square", at(v), at(v), count); // second moments are not negative
    const update = call(
      "adamUpdate",
      at(w),
      at(g),
      at(m),
      at(v),
      at(value(1)),
      at(value(1)),
      at(w),
      at(m),
      at(v),
      count,
      0.5,
      0.9,
      1,
      at(squares),
    );
    order = [w, g, m, v, squares, ...update.args.slice(4, 6).flatMap((a) => (typeof a === "object" ? [a.value] : []))];
    const expected = outcome([wholeOf(start), wholeOf(update)], [], []);
    for (const threads of [2, 3]) {
      const found = outcome([wholeOf(start), ...(splitCall(update, threads, []) ?? [])], [], []);
      for (const [i, bytes] of expected.entries()) expect(Buffer.compare(found[i] ?? Buffer.alloc(0), bytes)).toBe(0);
    }
  });
});

describe("parts", () => {
  it("write all of an output, and no byte twice where it lies in one piece", () => {
    const y = value(100_003);
    const parts = splitCall(call("tanh", at(value(100_003)), at(y), 100_003), 4, []) ?? [];
    const writes = parts.flatMap((part) => touchedBy(part).writes.map(({ place, bytes }) => [place.offset, bytes]));
    expect(writes.map(([from = 0, bytes = 0], i) => from + bytes === (writes[i + 1]?.[0] ?? y.bytes))).toEqual(
      writes.map(() => true),
    );
  });

  it("are not made of what is small, of sums of one number, and of steps with TensorFlow.js's own kernels", () => {
    expect(splitCall(call("tanh", at(value(100)), at(value(100)), 100), 4, [])).toBeNull();
    expect(splitCall(call("sumAxis", at(value(1e6)), at(value(1)), 1, 1e6, 1, 1), 4, [])).toBeNull();
    const stock = { kind: "stock", name: "Transpose", inputs: {}, attrs: {}, outputs: [] } as const;
    // A tenth of a millisecond is shared only where timing tells whether that helps.
    const short = call("tanh", at(value(50_000)), at(value(50_000)), 50_000);
    expect(shareOut([short], 4)).toEqual({ why: "there is too little to share out" });
    expect(shareOut([short], 4, true)).toMatchObject([{ length: 4 }]);
    expect(shareOut([{ ...short, args: [...short.args.slice(0, 2), 20_000] }], 4, true)).toHaveProperty("why");
    expect(shareOut([stock], 2)).toEqual({ why: "Transpose is TensorFlow.js's own kernel, which knows no threads" });
  });
});
