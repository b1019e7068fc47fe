/**
 * Directions of latent space: ways to find them, in words; their coordinates, and how a latent moves along one; which of a new set is
 * which of a former one. No networks (engine/probes/studies), no sliders.
 */

/** Ways to find directions. To add one: a row here and its maths in engine/probes/studies/directions. */
export const DIRECTION_METHODS = {
  activations: {
    name: "What G does first",
    title:
      "Principal components of G's first activations over hundreds of latents, regressed to z (GANSpace): directions that G itself tells apart most",
    share: "of the variance of G's first activations",
    source: "Härkönen et al. 2020",
  },
  kernel: {
    name: "G's first weights",
    title: "Eigenvectors of the first layer's weights (SeFa): no samples are needed, but what comes after is not seen",
    share: "of what the first layer passes on",
    source: "Shen and Zhou 2021",
  },
  jacobian: {
    name: "At this very sample",
    title: "Leading singular vectors of G's Jacobian at the present z: the directions that change this sample most",
    share: "of how much this sample can change",
    source: "Ramesh et al. 2018",
  },
  means: {
    name: "Classes and attributes",
    title:
      "From the mean latent to the mean latent of samples that look like one class, or have one attribute, by the training images nearest to them",
    share: "of how much this sample can change",
    source: "Radford et al. 2016; White 2016",
  },
  raw: {
    name: "Dimensions of z",
    title: "The numbers of z themselves, those first that change the present sample most",
    share: "of how much this sample can change",
    source: "",
  },
} as const satisfies Readonly<Record<string, MethodInfo>>;

interface MethodInfo {
  readonly name: string;
  /** One sentence: how they are found. */
  readonly title: string;
  /** Completes "12 % ...": what a direction's share is of. */
  readonly share: string;
  readonly source: string;
}

export type DirectionMethod = keyof typeof DIRECTION_METHODS;
export const DIRECTION_METHOD_IDS = Object.keys(DIRECTION_METHODS) as readonly DirectionMethod[];

/** One direction. */
export interface Direction {
  /** Of length 1, [latent size]. */
  readonly vector: Float32Array;
  /** Its share of what the method's `share` says; NaN where that is not known. */
  readonly share: number;
  /** What it is known to mean, such as "hat: hat"; null where only looking tells. */
  readonly name: string | null;
}

const dot = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
};

/** a + factor · b. */
const along = (a: ArrayLike<number>, b: ArrayLike<number>, factor: number): Float32Array =>
  Float32Array.from(a, (value, i) => value + factor * (b[i] ?? 0));

/** How far a latent lies along a direction, in units of z. */
export const coordinateOf = (z: ArrayLike<number>, { vector }: Pick<Direction, "vector">): number => dot(z, vector);

/** Less of a vector's length than this outside the others' span: they leave it no way of its own. */
const OWN_WAY = 0.05;

/** What of a vector is at right angles to all others. */
function beside(vector: ArrayLike<number>, others: readonly ArrayLike<number>[]): Float32Array {
  const basis: Float32Array[] = [];
  const rest = (start: ArrayLike<number>) =>
    basis.reduce((left, unit) => along(left, unit, -dot(left, unit)), Float32Array.from(start));
  for (const other of others) {
    const own = rest(other);
    const length = Math.sqrt(dot(own, own));
    if (length > 1e-6) basis.push(own.map((value) => value / length));
  }
  return rest(vector);
}

/**
 * The latent moved so that its coordinate along one direction is `value`, and those along the held ones stay what they are. The
 * shortest such way: for directions at right angles that is along the direction itself.
 * @returns the latent as it is where the held directions leave no such way
 */
export function moveAlong(
  z: ArrayLike<number>,
  direction: Pick<Direction, "vector">,
  value: number,
  held: readonly Pick<Direction, "vector">[] = [],
): Float32Array {
  const way = beside(
    direction.vector,
    held.map(({ vector }) => vector),
  );
  const gain = dot(way, direction.vector);
  if (gain < OWN_WAY ** 2) return Float32Array.from(z);
  return along(z, way, (value - coordinateOf(z, direction)) / gain);
}

/**
 * The latent with everything drawn anew but its coordinates along the held directions.
 * @param fresh another latent of the prior
 */
export function randomizeBeside(
  z: ArrayLike<number>,
  fresh: ArrayLike<number>,
  held: readonly Pick<Direction, "vector">[],
): Float32Array {
  const vectors = held.map(({ vector }) => vector);
  const kept = beside(z, vectors); // what of z is not held
  const drawn = beside(fresh, vectors);
  return Float32Array.from(z, (value, i) => value - (kept[i] ?? 0) + (drawn[i] ?? 0));
}

/**
 * Directions at right angles, each as near to its own as those before it allow; what they already span is left out.
 * @param least of its length that a direction must have beside those before it
 */
export function atRightAngles(directions: readonly Direction[], least = 0.2): Direction[] {
  const found: Direction[] = [];
  for (const direction of directions) {
    const rest = beside(
      direction.vector,
      found.map(({ vector }) => vector),
    );
    const length = Math.sqrt(dot(rest, rest));
    if (!(length > least)) continue;
    found.push({ ...direction, vector: rest.map((value) => value / length) });
  }
  return found;
}

/** Below this cosine nothing of a former direction is left. */
const SAME = 0.5;

/**
 * A new set of directions in the places and with the signs of a former one, so that sliders keep their meaning while G trains:
 * each former direction, in its order, gets the new one nearest to it; new ones that are near to none take the places that are left.
 */
export function matchDirections(former: readonly Direction[], found: readonly Direction[]): Direction[] {
  const left = new Set(found);
  const places: (Direction | null)[] = former.map((before) => {
    let best: Direction | null = null;
    let nearest = SAME;
    for (const direction of left) {
      if (before.name !== direction.name) continue; // those with a name are known by it
      const cosine = Math.abs(dot(before.vector, direction.vector));
      if (direction.name !== null || cosine > nearest) [best, nearest] = [direction, cosine];
    }
    if (best === null) return null;
    left.delete(best);
    const sign = best.name === null && dot(before.vector, best.vector) < 0 ? -1 : 1;
    return sign === 1 ? best : { ...best, vector: best.vector.map((value) => -value) };
  });
  const rest = [...left];
  const filled = places.map((place) => place ?? rest.shift() ?? null);
  return [...filled, ...rest].filter((direction) => direction !== null).slice(0, found.length);
}
