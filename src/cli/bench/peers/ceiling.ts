/**
 * The probe of ../ceiling.ts: `ceiling.ts CORES` prints { one, all } in GFLOP/s. Twelve sums at once, more than the latency of a multiply-add
 * times those that a core starts in a cycle, and few enough for the registers.
 */
import { Worker } from "node:worker_threads";
import * as asc from "assemblyscript/asc";

const SUMS = Array.from({ length: 12 }, (_, i) => `s${i}`);
/** Adds up for so many turns; the result is used, or the compiler would leave the work out. */
const SOURCE = `export function run(turns: i32): f32 {
  const x = f32x4.splat(0.999), y = f32x4.splat(1e-3);
  let ${SUMS.map((sum, i) => `${sum} = f32x4.splat(${i})`).join(", ")};
  for (let i = 0; i < turns; i++) {
    ${SUMS.map((sum) => `${sum} = f32x4.relaxed_madd(x, ${sum}, y);`).join(" ")}
  }
  let sum = s0;
  ${SUMS.slice(1)
    .map((sum) => `sum = f32x4.add(sum, ${sum});`)
    .join(" ")}
  return f32x4.extract_lane(sum, 0);
}`;
const FLOPS_PER_TURN = 2 * 4 * SUMS.length;
const TURNS = 1_000_000;
const ROUNDS = 100;

/** Runs rounds of turns in a thread; tells the milliseconds of the fastest. */
const THREAD = `const { parentPort, workerData: { bytes, turns, rounds } } = require("node:worker_threads");
const { run } = new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports;
let best = Infinity;
for (let i = 0; i < rounds; i++) {
  const start = performance.now();
  run(turns);
  best = Math.min(best, performance.now() - start);
}
parentPort.postMessage(best);`;

function gflops(bytes: Uint8Array): Promise<number> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(THREAD, { eval: true, workerData: { bytes, turns: TURNS, rounds: ROUNDS } });
    worker.on("message", (ms: number) => resolve((TURNS * FLOPS_PER_TURN) / ms / 1e6));
    worker.on("error", reject);
  });
}

async function compile(): Promise<Uint8Array> {
  const found: Uint8Array[] = [];
  const flags = ["-O3", "--noAssert", "--runtime", "stub", "--enable", "simd", "--enable", "relaxed-simd"];
  const { error, stderr } = await asc.main(["probe.ts", "-o", "probe.wasm", ...flags], {
    readFile: (name) => (name === "probe.ts" ? SOURCE : null),
    writeFile: (_name, content) => void (typeof content === "string" || found.push(content)),
    listFiles: () => [],
  });
  const [bytes] = found;
  if (error !== null || bytes === undefined) throw new Error(stderr.toString());
  return bytes;
}

const bytes = await compile();
const cores = Number(process.argv[2]);
const one = await gflops(bytes);
const together = await Promise.all(Array.from({ length: cores }, () => gflops(bytes)));
console.log(JSON.stringify({ one, all: together.reduce((sum, each) => sum + each, 0) }));
