/** Joins pieces to WGSL modules: one binding for each buffer, a range of groups for each piece. */
import type { RandomDraw } from "../../draws";
import type { GpuProgram } from "../../kernels/webgpu/program";
import type { Clustering } from "./clusters";
import { literal } from "./elementwise";
import { Value } from "./graph";
import { LANES, type Memory } from "./piece";
import { pieceOf } from "./pieces";
import type { Places, Root } from "./places";
import type { Shift } from "./schedule";

/** A program with the buffers it binds, in order. */
export interface Dispatch {
  readonly program: GpuProgram;
  readonly roots: readonly Root[];
}

const TYPES = { float32: "f32", int32: "i32", bool: "i32", bytes: "u32" } as const;

/** Most groups along x; the rest go along y. */
const GROUPS_ACROSS = 32768;

/** What goes up with every step begins with the step's number and a flag. */
export const CONTROL = new Value(4, "float32", { kind: "draw", index: -1 });

export function programOf(
  shift: Shift,
  clustering: Clustering,
  places: Places,
  draws: (index: number) => RandomDraw,
): Dispatch {
  const bindings = new Map<Root, { name: string; type: string; written: boolean }>();
  const shared = new Set<string>();
  const bind = (value: Value): { name: string; type: string; written: boolean; offset: number } => {
    const { root, offset } = places.of(value);
    let known = bindings.get(root);
    if (known === undefined) {
      known = { name: `b${bindings.size}`, type: TYPES[value.dtype], written: false };
      bindings.set(root, known);
    }
    return { ...known, offset };
  };
  const place = (index: string, offset: number) => (offset === 0 ? index : `${index} + ${offset}u`);
  const memory: Memory = {
    load(value, index, packed) {
      if (value.uniform !== null) return literal(value.uniform);
      const { name, type, offset } = bind(value);
      let at = index;
      if (packed && value.parts !== null) {
        const unpack = `unpack_${value.parts.sizes.join("_")}`;
        shared.add(unpackFunction(unpack, value.parts));
        at = `${unpack}(${index})`;
      }
      const element = `${name}[${place(at, offset)}]`;
      return type === "i32" ? `f32(${element})` : element;
    },
    store(value, index, expression) {
      const { name, type, offset } = bind(value);
      const known = bindings.get(places.of(value).root);
      if (known !== undefined) known.written = true;
      return `${name}[${place(index, offset)}] = ${type === "f32" ? expression : `i32(${expression})`};`;
    },
    get step() {
      return `(u32(${memory.load(CONTROL, "0u", false)}) + u32(${memory.load(CONTROL, "1u", false)}) * 65536u)`;
    },
    get drawsGiven() {
      return `${memory.load(CONTROL, "2u", false)} != 0.0f`;
    },
  };
  const pieces = shift.map((one, i) => pieceOf(one, clustering, draws, `piece${i}`, memory));
  for (const piece of pieces) for (const text of piece.shared) shared.add(text);
  let from = 0;
  const branches = pieces.map(({ groups }, i) => {
    const start = from;
    from += groups;
    const group = start === 0 ? "group" : `group - ${start}u`;
    return `if (group < ${from}u) { piece${i}(${group}, lane); }`;
  });
  const across = Math.min(from, GROUPS_ACROSS);
  const list = [...bindings.values()];
  const code = `${list
    .map(({ name, type, written }, i) => {
      const access = written ? "read_write" : "read";
      return `@group(0) @binding(${i}) var<storage, ${access}> ${name}: array<${type}>;`;
    })
    .join("\n")}
${[...shared].join("\n")}
${pieces.map((piece) => piece.code).join("\n")}
@compute @workgroup_size(${LANES})
fn main(@builtin(workgroup_id) id: vec3<u32>, @builtin(local_invocation_index) lane: u32) {
  let group = id.x + id.y * ${across}u;
  ${branches.join(" else ")}
}
`;
  return {
    program: {
      label: shift
        .map((one) => [...(one.anchor ? [one.anchor] : []), ...one.maps].map(({ name }) => name).join("+"))
        .join(" | "),
      code,
      workgroups: [across, Math.ceil(from / across), 1],
      bindings: list.map(({ written }) => (written ? "read-write" : "read")),
    },
    roots: [...bindings.keys()],
  };
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
