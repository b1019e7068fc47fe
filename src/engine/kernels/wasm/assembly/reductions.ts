/**
 * Sums over a block of neighbouring axes, and sums by segment, in a fixed order: the same bits every time. Block sums add up
 * in double precision, where a minibatch of floats sums without rounding: a bias that reals and fakes pull with equal force
 * then has gradient zero, whatever their order, and not a rounding error that Adam would blow up to a full step.
 */

/**
 * target[outer×inner] = scale · Σ_r source[outer×length×inner].
 * Bias gradients (inner > 1, outer = 1) and row means (inner = 1) are both this; no transpose is made.
 */
export function sumAxis(source: usize, target: usize, outer: i32, length: i32, inner: i32, scale: f32): void {
  if (inner == 1) {
    for (let o = 0; o < outer; o++) {
      store<f32>(target + (<usize>o << 2), <f32>(sumRun(source + (<usize>(o * length) << 2), length) * <f64>scale));
    }
    return;
  }
  const bytes = <usize>inner << 2;
  for (let o = 0; o < outer; o++) sumColumns(source + <usize>(o * length) * bytes, target + <usize>o * bytes, length, inner, inner, scale);
}

/** target[columns] = scale · the sums over `length` rows of the first `columns` columns; rows lie `width` floats apart. */
export function sumColumns(source: usize, target: usize, length: i32, columns: i32, width: i32, scale: f32): void {
  const stride = <usize>width << 2;
  const scales = f64x2.splat(<f64>scale);
  let i = 0;
  for (; i + 8 <= columns; i += 8) {
    let s0 = f64x2.splat(0), s1 = f64x2.splat(0), s2 = f64x2.splat(0), s3 = f64x2.splat(0);
    let at = source + (<usize>i << 2);
    for (let r = 0; r < length; r++) {
      s0 = f64x2.add(s0, f64x2.promote_low_f32x4(v128.load64_zero(at)));
      s1 = f64x2.add(s1, f64x2.promote_low_f32x4(v128.load64_zero(at, 8)));
      s2 = f64x2.add(s2, f64x2.promote_low_f32x4(v128.load64_zero(at, 16)));
      s3 = f64x2.add(s3, f64x2.promote_low_f32x4(v128.load64_zero(at, 24)));
      at += stride;
    }
    const to = target + (<usize>i << 2);
    v128.store64_lane(to, f32x4.demote_f64x2_zero(f64x2.mul(s0, scales)), 0);
    v128.store64_lane(to, f32x4.demote_f64x2_zero(f64x2.mul(s1, scales)), 0, 8);
    v128.store64_lane(to, f32x4.demote_f64x2_zero(f64x2.mul(s2, scales)), 0, 16);
    v128.store64_lane(to, f32x4.demote_f64x2_zero(f64x2.mul(s3, scales)), 0, 24);
  }
  for (; i < columns; i++) {
    let sum: f64 = 0;
    let at = source + (<usize>i << 2);
    for (let r = 0; r < length; r++) {
      sum += <f64>load<f32>(at);
      at += stride;
    }
    store<f32>(target + (<usize>i << 2), <f32>(sum * <f64>scale));
  }
}

/** The sum of a run of floats, in eight partial sums. */
function sumRun(source: usize, length: i32): f64 {
  let s0 = f64x2.splat(0), s1 = f64x2.splat(0), s2 = f64x2.splat(0), s3 = f64x2.splat(0);
  let i = 0;
  for (; i + 8 <= length; i += 8) {
    s0 = f64x2.add(s0, f64x2.promote_low_f32x4(v128.load64_zero(source)));
    s1 = f64x2.add(s1, f64x2.promote_low_f32x4(v128.load64_zero(source, 8)));
    s2 = f64x2.add(s2, f64x2.promote_low_f32x4(v128.load64_zero(source, 16)));
    s3 = f64x2.add(s3, f64x2.promote_low_f32x4(v128.load64_zero(source, 24)));
    source += 32;
  }
  const s = f64x2.add(f64x2.add(s0, s1), f64x2.add(s2, s3));
  let sum = f64x2.extract_lane(s, 0) + f64x2.extract_lane(s, 1);
  for (; i < length; i++) {
    sum += <f64>load<f32>(source);
    source += 4;
  }
  return sum;
}

/** target = Σ x², squares rounded to floats first, as a kernel for squares would. */
export function sumSquares(source: usize, target: usize, length: i32): void {
  let s0 = f64x2.splat(0), s1 = f64x2.splat(0), s2 = f64x2.splat(0), s3 = f64x2.splat(0);
  let i = 0;
  for (; i + 8 <= length; i += 8) {
    const a = v128.load(source), b = v128.load(source, 16);
    const c = f32x4.mul(a, a), d = f32x4.mul(b, b);
    s0 = f64x2.add(s0, f64x2.promote_low_f32x4(c));
    s1 = f64x2.add(s1, f64x2.promote_low_f32x4(v128.shuffle<f32>(c, c, 2, 3, 2, 3)));
    s2 = f64x2.add(s2, f64x2.promote_low_f32x4(d));
    s3 = f64x2.add(s3, f64x2.promote_low_f32x4(v128.shuffle<f32>(d, d, 2, 3, 2, 3)));
    source += 32;
  }
  const s = f64x2.add(f64x2.add(s0, s1), f64x2.add(s2, s3));
  let sum = f64x2.extract_lane(s, 0) + f64x2.extract_lane(s, 1);
  for (; i < length; i++) {
    const x = load<f32>(source);
    sum += <f64>(x * x);
    source += 4;
  }
  store<f32>(target, <f32>(sum * <f64><f32>1));
}

/** Floats whose squares make one partial sum: so many that threads can share a weight, and that the sums of all weights are few. */
export const SQUARES: i32 = 4096;

/**
 * partials[i] = Σ x² of the i-th SQUARES floats, as doubles; squares are rounded to floats, as a kernel for squares would. adamUpdate sums in
 * the same order.
 */
export function partialSquares(source: usize, partials: usize, length: i32): void {
  for (let start = 0; start < length; start += SQUARES) {
    const count = min(SQUARES, length - start);
    const whole = <usize>(count & ~3) << 2, end = <usize>count << 2;
    let s0 = f64x2.splat(0), s1 = f64x2.splat(0);
    let at: usize = 0;
    for (; at < whole; at += 16) {
      const x = v128.load(source + at);
      const square = f32x4.mul(x, x);
      s0 = f64x2.add(s0, f64x2.promote_low_f32x4(square));
      s1 = f64x2.add(s1, f64x2.promote_low_f32x4(v128.shuffle<f32>(square, square, 2, 3, 2, 3)));
    }
    s0 = f64x2.add(s0, s1);
    let sum = f64x2.extract_lane(s0, 0) + f64x2.extract_lane(s0, 1);
    for (; at < end; at += 4) {
      const x = load<f32>(source + at);
      sum += <f64>(x * x);
    }
    store<f64>(partials, sum);
    partials += 8;
    source += end;
  }
}

/** target = the sum of doubles, one after the other, as a float. */
export function sumPartials(partials: usize, target: usize, count: i32): void {
  let sum: f64 = 0;
  for (let i = 0; i < count; i++) sum += load<f64>(partials + (<usize>i << 3));
  store<f32>(target, <f32>sum);
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
