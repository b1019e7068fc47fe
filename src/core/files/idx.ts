/** IDX files of unsigned bytes: the format in which MNIST's authors published it. Reading only; no files are opened here. */

export interface IdxFile {
  readonly shape: readonly number[];
  readonly data: Uint8Array;
}

/**
 * Two zeros, type 8, the number of dimensions, each dimension big-endian, then the bytes, the last dimension the fastest.
 * @throws Error in a sentence
 */
export function parseIdx(file: Uint8Array): IdxFile {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  if (file.length < 4 || view.getUint16(0) !== 0 || view.getUint8(2) !== 8) {
    throw new Error("This is not an IDX file of unsigned bytes: it does not begin with 0, 0, 8.");
  }
  const dimensions = view.getUint8(3);
  if (file.length < 4 + 4 * dimensions) throw new Error("The IDX file ends within its first line: it is cut.");
  const shape = Array.from({ length: dimensions }, (_, i) => view.getUint32(4 + 4 * i));
  const data = file.subarray(4 + 4 * shape.length);
  const expected = shape.reduce((a, b) => a * b, 1);
  if (data.length !== expected) {
    throw new Error(`The IDX file promises ${shape.join(" × ")} bytes but holds ${data.length}: it is cut or damaged.`);
  }
  return { shape, data };
}
