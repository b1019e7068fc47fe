/** Sums over a block of neighbouring axes, and sums by segment. Single precision, in a fixed order: the same bits every time. */

/**
 * target[outer×inner] = scale · Σ_r source[outer×length×inner].
 * Bias gradients (inner > 1, outer = 1) and row means (inner = 1) are both this; no transpose is made.
 */
export function sumAxis(source: usize, target: usize, outer: i32, length: i32, inner: i32, scale: f32): void {
  if (inner == 1) {
    for (let o = 0; o < outer; o++) {
      store<f32>(target + (<usize>o << 2), sumRun(source + (<usize>(o * length) << 2), length) * scale);
    }
    return;
  }
  const stride = <usize>inner << 2;
  const scales = f32x4.splat(scale);
  for (let o = 0; o < outer; o++) {
    const block = source + <usize>(o * length) * stride;
    const out = target + <usize>o * stride;
    let i = 0;
    for (; i + 16 <= inner; i += 16) {
      let s0 = f32x4.splat(0), s1 = f32x4.splat(0), s2 = f32x4.splat(0), s3 = f32x4.splat(0);
      let at = block + (<usize>i << 2);
      for (let r = 0; r < length; r++) {
        s0 = f32x4.add(s0, v128.load(at));
        s1 = f32x4.add(s1, v128.load(at, 16));
        s2 = f32x4.add(s2, v128.load(at, 32));
        s3 = f32x4.add(s3, v128.load(at, 48));
        at += stride;
      }
      const to = out + (<usize>i << 2);
      v128.store(to, f32x4.mul(s0, scales));
      v128.store(to, f32x4.mul(s1, scales), 16);
      v128.store(to, f32x4.mul(s2, scales), 32);
      v128.store(to, f32x4.mul(s3, scales), 48);
    }
    for (; i < inner; i++) {
      let sum: f32 = 0;
      let at = block + (<usize>i << 2);
      for (let r = 0; r < length; r++) {
        sum += load<f32>(at);
        at += stride;
      }
      store<f32>(out + (<usize>i << 2), sum * scale);
    }
  }
}

/** The sum of a run of floats in sixteen partial sums, which is also closer to the true sum than one running sum. */
function sumRun(source: usize, length: i32): f32 {
  let s0 = f32x4.splat(0), s1 = f32x4.splat(0), s2 = f32x4.splat(0), s3 = f32x4.splat(0);
  let i = 0;
  for (; i + 16 <= length; i += 16) {
    s0 = f32x4.add(s0, v128.load(source));
    s1 = f32x4.add(s1, v128.load(source, 16));
    s2 = f32x4.add(s2, v128.load(source, 32));
    s3 = f32x4.add(s3, v128.load(source, 48));
    source += 64;
  }
  const s = f32x4.add(f32x4.add(s0, s1), f32x4.add(s2, s3));
  let sum = (f32x4.extract_lane(s, 0) + f32x4.extract_lane(s, 1)) + (f32x4.extract_lane(s, 2) + f32x4.extract_lane(s, 3));
  for (; i < length; i++) {
    sum += load<f32>(source);
    source += 4;
  }
  return sum;
}

/** target[segments×inner] = Σ of the rows of source[count×inner] whose id is that segment. Ids outside the range are left out. */
export function segmentSum(source: usize, ids: usize, target: usize, count: i32, inner: i32, segments: i32): void {
  memory.fill(target, 0, <usize>(segments * inner) << 2);
  for (let i = 0; i < count; i++) {
    const id = load<i32>(ids + (<usize>i << 2));
    if (id < 0 || id >= segments) continue;
    const from = source + (<usize>(i * inner) << 2), to = target + (<usize>(id * inner) << 2);
    for (let j = 0; j < inner; j++) {
      const at = <usize>j << 2;
      store<f32>(to + at, load<f32>(to + at) + load<f32>(from + at));
    }
  }
}
