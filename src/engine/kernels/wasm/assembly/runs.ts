/**
 * Runs of floats set to zero, copied and added. They are often a handful of floats, for which memory.copy and memory.fill (calls out of
 * WebAssembly) cost more than the work.
 */

// @ts-ignore: decorator
@inline
export function clear(target: usize, floats: i32): usize {
  for (; floats >= 4; floats -= 4) {
    v128.store(target, f32x4.splat(0));
    target += 16;
  }
  for (; floats > 0; floats--) {
    store<f32>(target, 0);
    target += 4;
  }
  return target;
}

// @ts-ignore: decorator
@inline
export function copy(target: usize, source: usize, floats: i32): usize {
  for (; floats >= 4; floats -= 4) {
    v128.store(target, v128.load(source));
    target += 16;
    source += 16;
  }
  for (; floats > 0; floats--) {
    store<f32>(target, load<f32>(source));
    target += 4;
    source += 4;
  }
  return target;
}

// @ts-ignore: decorator
@inline
export function add(target: usize, source: usize, floats: i32): void {
  for (; floats >= 4; floats -= 4) {
    v128.store(target, f32x4.add(v128.load(target), v128.load(source)));
    target += 16;
    source += 16;
  }
  for (; floats > 0; floats--) {
    store<f32>(target, load<f32>(target) + load<f32>(source));
    target += 4;
    source += 4;
  }
}
