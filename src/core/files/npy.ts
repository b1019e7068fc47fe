/** NumPy's .npy files (format versions 1 to 3, NumPy Enhancement Proposal 1): numbers in C order. Reading only. */

export interface NpyFile {
  readonly shape: readonly number[];
  /** In C order, the last dimension the fastest. */
  readonly data: ArrayLike<number>;
}

/** Bytes that every .npy file begins with: \x93NUMPY. */
export const NPY_MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59] as const;

/** @throws Error in a sentence */
export function parseNpy(file: Uint8Array): NpyFile {
  if (file.length < 12 || NPY_MAGIC.some((byte, i) => file[i] !== byte)) {
    throw new Error("This is not a .npy file: it does not begin with NUMPY.");
  }
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const long = view.getUint8(6) >= 2;
  const start = long ? 12 : 10;
  const length = long ? view.getUint32(8, true) : view.getUint16(8, true);
  if (start + length > file.length) throw new Error("The .npy file ends within its first line: it is cut.");
  let header = "";
  for (const byte of file.subarray(start, start + length)) header += String.fromCharCode(byte);
  const type = /'descr':\s*'([<>|=]?)([a-z])(\d+)'/.exec(header);
  const shape = /'shape':\s*\(([\d,\sL]*)\)/.exec(header);
  if (type === null || shape === null)
    throw new Error("The .npy file does not say what it holds in a way that can be read here.");
  if (/'fortran_order':\s*True/.test(header)) {
    throw new Error("The array lies in Fortran order; save it with numpy.ascontiguousarray first.");
  }
  const sides = (shape[1] ?? "").split(",").flatMap((side) => (side.trim() === "" ? [] : [Number.parseInt(side, 10)]));
  const count = sides.reduce((a, b) => a * b, 1);
  const [kind, size] = [type[2] ?? "", Number(type[3])];
  const read = readerOf(view, kind, size, type[1] !== ">");
  if (read === null)
    throw new Error(`The array's numbers are of type ${kind}${size}, which is not read here: save it as uint8.`);
  const from = start + length;
  if (file.length - from < count * size) throw new Error("The .npy file holds fewer numbers than it says: it is cut.");
  if (kind === "u" && size === 1) return { shape: sides, data: file.subarray(from, from + count) };
  return { shape: sides, data: Float32Array.from({ length: count }, (_, i) => read(from + i * size)) };
}

function readerOf(view: DataView, kind: string, size: number, little: boolean): ((at: number) => number) | null {
  switch (`${kind}${size}`) {
    case "u1":
    case "b1":
      return (at) => view.getUint8(at);
    case "i1":
      return (at) => view.getInt8(at);
    case "u2":
      return (at) => view.getUint16(at, little);
    case "i2":
      return (at) => view.getInt16(at, little);
    case "u4":
      return (at) => view.getUint32(at, little);
    case "i4":
      return (at) => view.getInt32(at, little);
    case "i8":
    case "u8":
      return (at) => Number(view.getBigInt64(at, little));
    case "f4":
      return (at) => view.getFloat32(at, little);
    case "f8":
      return (at) => view.getFloat64(at, little);
    default:
      return null;
  }
}
