/** What this browser or Node has of WebAssembly's vectors. Loads no kernels. */

/** (module (func (result v128) i32.const 0 i8x16.splat)): valid only where SIMD is. */
const SIMD_PROBE = [
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 8, 1, 6, 0, 65, 0, 253, 15, 11,
];

/** (module (func (export "f") (param f32 f32 f32) (result f32) ...)): relaxed_madd of its arguments. */
const MADD_PROBE = [
  0, 97, 115, 109, 1, 0, 0, 0, 1, 8, 1, 96, 3, 125, 125, 125, 1, 125, 3, 2, 1, 0, 7, 5, 1, 1, 102, 0, 0, 10, 22, 1, 20,
  0, 32, 0, 253, 19, 32, 1, 253, 19, 32, 2, 253, 19, 253, 133, 2, 253, 31, 0, 11,
];

/**
 * Says whether this browser or Node runs 128-bit SIMD in WebAssembly, and whether its multiply-add is fused. The latter is found out
 * by computing one: some accept relaxed SIMD and round twice all the same.
 */
export function detectSimd(): { simd: boolean; fused: boolean } {
  const simd = WebAssembly.validate(new Uint8Array(SIMD_PROBE));
  return { simd, fused: simd && fuses() };
}

function fuses(): boolean {
  const probe = new Uint8Array(MADD_PROBE);
  if (!WebAssembly.validate(probe)) return false;
  const { f } = new WebAssembly.Instance(new WebAssembly.Module(probe)).exports;
  if (typeof f !== "function") return false;
  // (1 + 2⁻¹²)² = 1 + 2⁻¹¹ + 2⁻²⁴, whose last term a product rounded by itself loses.
  return f(1 + 2 ** -12, 1 + 2 ** -12, -(1 + 2 ** -11)) === 2 ** -24;
}
