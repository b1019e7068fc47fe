/** NumPy's files and arrays of pictures, on files small enough to write by hand. */
import { describe, expect, it } from "vitest";
import { imagesOf } from "../../../src/core/files/image-array";
import { parseNpy } from "../../../src/core/files/npy";

/** A .npy file of format 1. */
function npy(descr: string, shape: string, bytes: Iterable<number>, order = "False"): Uint8Array {
  const header = `{'descr': '${descr}', 'fortran_order': ${order}, 'shape': (${shape}), }`.padEnd(117, " ");
  const text = Array.from(`${header}\n`, (letter) => letter.charCodeAt(0));
  return Uint8Array.from([
    0x93,
    ...Array.from("NUMPY", (c) => c.charCodeAt(0)),
    1,
    0,
    text.length,
    0,
    ...text,
    ...bytes,
  ]);
}

const bytesOf = (numbers: Float32Array | Float64Array) => new Uint8Array(numbers.buffer);

describe("a .npy file", () => {
  it("gives its shape and its numbers, of whatever type", () => {
    expect(parseNpy(npy("|u1", "2, 3", [1, 2, 3, 4, 5, 6]))).toEqual({
      shape: [2, 3],
      data: Uint8Array.of(1, 2, 3, 4, 5, 6),
    });
    const floats = parseNpy(npy("<f8", "2,", bytesOf(Float64Array.of(0.5, -2))));
    expect(floats).toEqual({ shape: [2], data: Float32Array.of(0.5, -2) });
    expect(parseNpy(npy(">u2", "1,", [1, 2])).data[0]).toBe(258);
    expect(parseNpy(npy("<i8", "1,", [7, 0, 0, 0, 0, 0, 0, 0])).data[0]).toBe(7);
  });

  it("is refused where it is cut, in Fortran order or of complex numbers", () => {
    expect(() => parseNpy(npy("|u1", "9,", [1]))).toThrow(/fewer numbers than it says/);
    expect(() => parseNpy(npy("|u1", "1, 1", [1], "True"))).toThrow(/Fortran order/);
    expect(() => parseNpy(npy("<c8", "1,", [0, 0, 0, 0, 0, 0, 0, 0]))).toThrow(/type c8/);
    expect(() => parseNpy(Uint8Array.of(1, 2, 3))).toThrow(/not a \.npy file/);
  });
});

describe("an array as pictures", () => {
  const pixel = (images: ReturnType<typeof imagesOf>, i: number) => [...images.rgba(i).slice(0, 4)];

  it("knows its channels, first or last", () => {
    expect(pixel(imagesOf([2, 1, 1], Uint8Array.of(7, 9)), 1)).toEqual([9, 9, 9, 255]);
    expect(pixel(imagesOf([1, 1, 1, 3], Uint8Array.of(1, 2, 3)), 0)).toEqual([1, 2, 3, 255]);
    const first = imagesOf(
      [1, 3, 2, 2],
      Uint8Array.from({ length: 12 }, (_, i) => i),
    );
    expect([first.height, first.width]).toEqual([2, 2]);
    expect(pixel(first, 0)).toEqual([0, 4, 8, 255]);
  });

  it("takes numbers from 0 to 1, from -1 to 1 and from 0 to 255 for what they are", () => {
    expect(pixel(imagesOf([2, 1, 1], Float32Array.of(0, 1)), 1)[0]).toBe(255);
    expect(pixel(imagesOf([2, 1, 1], Float32Array.of(-1, 1)), 0)[0]).toBe(0);
    expect(pixel(imagesOf([2, 1, 1], Float32Array.of(0, 200)), 1)[0]).toBe(200);
  });

  it("is refused where it is no list of pictures", () => {
    expect(() => imagesOf([5], Uint8Array.of(1, 2, 3, 4, 5))).toThrow(/no list of pictures/);
    expect(() => imagesOf([1, 2, 2, 2], new Uint8Array(8))).toThrow(/no list of pictures/);
  });
});
