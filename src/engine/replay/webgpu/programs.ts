/** Joins the code of clusters to WGSL modules: one binding for each buffer, a range of groups for each cluster. */
import type { RandomDraw } from "../../draws";
import type { Driver } from "../../kernels/webgpu/driver";
import { PLAIN_THREADS, TILE_THREADS } from "../../kernels/webgpu/product-form";
import { declareShared } from "../../kernels/webgpu/product-tiles";
import type { GpuProgram } from "../../kernels/webgpu/program";
import { ENABLE_SUBGROUPS } from "../../kernels/webgpu/subgroups";
import { gridOf } from "../../kernels/webgpu/wgsl";
import type { Memory } from "./cluster-code";
import type { Clustering } from "./clusters";
import { literal } from "./elementwise";
import { emit } from "./emit";
import { Value } from "./graph";
import type { Places, Root } from "./places";
import { type ClusterReport, clusterReport } from "./report";
import type { Level } from "./schedule";

/** A program with the buffers it binds, in order. */
export interface Dispatch {
  readonly program: GpuProgram;
  readonly roots: readonly Root[];
  readonly clusters: readonly ClusterReport[];
}

const TYPES = { float32: "f32", int32: "i32", bool: "i32", bytes: "u32" } as const;

/** A buffer as a program sees it. */
interface Binding {
  readonly name: string;
  readonly type: "f32" | "i32" | "u32";
  written: boolean;
  /** Whether single numbers are read of it, and whether fours are. */
  ones: boolean;
  fours: boolean;
}

/** What goes up with every step begins with the step's number and a flag. */
export const CONTROL = new Value(4, "float32", { kind: "draw", index: -1 });

export function programOf(
  level: Level,
  clustering: Clustering,
  places: Places,
  draws: (index: number) => RandomDraw,
  { exchanging = 1 }: Driver,
): Dispatch {
  const bindings = new Map<Root, Binding>();
  const shared = new Set<string>();
  const bind = (value: Value): { readonly binding: Binding; readonly offset: number } => {
    const { root, offset } = places.of(value);
    let binding = bindings.get(root);
    if (binding === undefined) {
      binding = { name: `b${bindings.size}`, type: TYPES[value.dtype], written: false, ones: false, fours: false };
      bindings.set(root, binding);
    }
    return { binding, offset };
  };
  const place = (index: string, offset: number) => (offset === 0 ? index : `${index} + ${offset}u`);
  const memory: Memory = {
    load(value, index, packed) {
      if (value.uniform !== null) return literal(value.uniform);
      const { binding, offset } = bind(value);
      const { name, type } = binding;
      binding.ones = true;
      let at = index;
      if (packed && value.parts !== null) {
        const unpack = `unpack_${value.parts.sizes.join("_")}`;
        shared.add(unpackFunction(unpack, value.parts));
        at = `${unpack}(${index})`;
      }
      const element = `${name}[${place(at, offset)}]`;
      return type === "i32" ? `f32(${element})` : element;
    },
    loadFour(value, index) {
      if (value.uniform !== null) return `vec4<f32>(${literal(value.uniform)})`;
      const { binding, offset } = bind(value);
      if (value.parts !== null || binding.type !== "f32" || offset % 4 !== 0) {
        const one = (i: number) => memory.load(value, `(${index} + ${i}u)`, true);
        return `vec4<f32>(${[0, 1, 2, 3].map(one).join(", ")})`;
      }
      binding.fours = true;
      return `four_${binding.name}(${place(index, offset)})`;
    },
    store(value, index, expression) {
      const { binding, offset } = bind(value);
      const { name, type } = binding;
      binding.written = true;
      return `${name}[${place(index, offset)}] = ${type === "f32" ? expression : `i32(${expression})`};`;
    },
    get step() {
      return `(u32(${memory.load(CONTROL, "0u", false)}) + u32(${memory.load(CONTROL, "1u", false)}) * 65536u)`;
    },
    get drawsGiven() {
      return `${memory.load(CONTROL, "2u", false)} != 0.0f`;
    },
  };
  // Groups of one program are of one size; tiles have theirs.
  const tiled = level.some(({ anchor }) => anchor?.kind === "product" && anchor.product.form.kind === "tiles");
  const lanes = tiled ? TILE_THREADS : PLAIN_THREADS;
  const codes = level.map((one, i) => emit(one, clustering, draws, `cluster${i}`, memory, lanes, exchanging));
  for (const code of codes) for (const text of code.shared) shared.add(text);
  let from = 0;
  const branches = codes.map(({ groups }, i) => {
    const start = from;
    from += groups;
    const group = start === 0 ? "group" : `group - ${start}u`;
    return `if (group < ${from}u) { cluster${i}(${group}, lane); }`;
  });
  const { workgroups, group: groupOf } = gridOf(from);
  const list = [...bindings.values()];
  const enabled = codes.some(({ exchanges }) => exchanges) ? `${ENABLE_SUBGROUPS}\n` : "";
  const code = `${enabled}${list.map(declare).join("\n")}
${declareShared(Math.max(0, ...codes.map(({ sharedQuads = 0 }) => sharedQuads)))}
${[...shared].join("\n")}
${codes.map(({ code }) => code).join("\n")}
@compute @workgroup_size(${lanes})
fn main(@builtin(workgroup_id) id: vec3<u32>, @builtin(local_invocation_index) lane: u32) {
  let group = ${groupOf};
  ${branches.join(" else ")}
}
`;
  return {
    program: {
      label: level
        .map((one) => [...(one.anchor ? [one.anchor] : []), ...one.maps].map(({ name }) => name).join("+"))
        .join(" | "),
      code,
      workgroups,
      bindings: list.map(({ written }) => (written ? "read-write" : "read")),
    },
    roots: [...bindings.keys()],
    clusters: level.map((one, i) => clusterReport(one, clustering, codes[i]?.groups ?? 0, lanes, exchanging)),
  };
}

/** A buffer of which only fours are read is one of vectors. */
function declare({ name, type, written, ones, fours }: Binding, binding: number): string {
  const vectors = fours && !ones && !written;
  const access = written ? "read_write" : "read";
  const element = vectors
    ? `${name}[i / 4u]`
    : `vec4<f32>(${[0, 1, 2, 3].map((i) => `${name}[i + ${i}u]`).join(", ")})`;
  return `@group(0) @binding(${binding}) var<storage, ${access}> ${name}: array<${vectors ? "vec4<f32>" : type}>;
${fours ? `fn four_${name}(i: u32) -> vec4<f32> { return ${element}; }` : ""}`;
}

/** From a place among a vector's numbers to one in memory, where there are gaps between its parts. */
function unpackFunction(
  name: string,
  { sizes, offsets }: { sizes: readonly number[]; offsets: readonly number[] },
): string {
  let packed = 0;
  const steps = sizes.flatMap((size, i) => {
    const start = packed;
    packed += size;
    const gap = (offsets[i] ?? 0) - start;
    return gap === 0 ? [] : [`if (i >= ${start}u) { gap = ${gap}u; }`];
  });
  return `fn ${name}(i: u32) -> u32 {\n  var gap = 0u;\n  ${steps.join("\n  ")}\n  return i + gap;\n}`;
}
