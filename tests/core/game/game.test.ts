/** Games of two numbers, against the closed forms of Mescheder et al. 2018 and the page's own losses. */
import * as tf from "@tensorflow/tfjs";
import { describe, expect, it } from "vitest";
import { fateOf } from "../../../src/core/game/fate";
import { fieldOf, type Game, type Point } from "../../../src/core/game/field";
import { eigenvalues, jacobian, modulus } from "../../../src/core/game/jacobian";
import { GAME_LOSSES, SLOPES, undecidedLogit } from "../../../src/core/game/slopes";
import { type MethodId, type Play, startAt, stepOf } from "../../../src/core/game/steps";
import { GAN_LOSSES } from "../../../src/engine/losses";

const PLAIN: Game = { game: "dirac", loss: "non-saturating", penalty: "none", strength: 0 };
const play = (method: MethodId, more: Partial<Play> = {}): Play => ({
  ...PLAIN,
  method,
  rate: 0.1,
  turns: 1,
  consensus: 1,
  ...more,
});

/** f'(0) of the game of 2014 (Mescheder et al. 2018, section 2.3). */
const SLOPE = 0.5;

describe("slopes of the losses", () => {
  it.each(GAME_LOSSES)("of %s are those of the engine's losses, by finite differences", async (id) => {
    await tf.setBackend("cpu");
    const loss = GAN_LOSSES[id];
    const far = 1e-2; // float32
    const one = (x: number) => tf.tensor2d([[x]]);
    for (const [a, b] of [
      [0.3, -0.7],
      [0, 0.4],
      [undecidedLogit(id), undecidedLogit(id)],
    ] as const) {
      const ofD = (x: number) => {
        const { real, fake } = loss.discriminator(one(a), one(x), 1);
        return (real.dataSync()[0] ?? 0) + (fake?.dataSync()[0] ?? 0);
      };
      const ofG = (x: number) => {
        if (loss.generatorNeeds === "features") throw new Error("Feature matching is no game of two numbers.");
        const value = loss.generatorNeeds === "pairs" ? loss.generator(one(a), one(x)) : loss.generator(one(x));
        return value.dataSync()[0] ?? 0;
      };
      const slope = (f: (x: number) => number) => (f(b + far) - f(b - far)) / (2 * far);
      expect(SLOPES[id].discriminator(b, a)).toBeCloseTo(slope(ofD), 3);
      expect(SLOPES[id].generator(b, a)).toBeCloseTo(slope(ofG), 3);
    }
  });
});

describe("the Dirac-GAN", () => {
  const flow = (game: Partial<Game>) => fateOf(play("simultaneous", game)).flow;

  it("without a penalty has the eigenvalues ±f'(0)i: it turns round and comes no nearer", () => {
    for (const loss of ["minimax", "non-saturating", "relativistic", "f-js"] as const) {
      const [one, other] = flow({ loss });
      expect(one?.re).toBeCloseTo(0, 8);
      expect(one?.im).toBeCloseTo(SLOPE, 8);
      expect(other?.im).toBeCloseTo(-SLOPE, 8);
    }
    for (const loss of ["wasserstein", "hinge", "f-forward-kl", "f-reverse-kl", "f-pearson"] as const) {
      expect(flow({ loss })[0]?.im, loss).toBeCloseTo(1, 8);
    }
    expect(flow({ loss: "least-squares" })[0]?.im).toBeCloseTo(SLOPE, 8);
  });

  it.each([0.1, 0.5, 1, 3])(
    "with R1 of γ = %d has −γ/2 ± √(γ²/4 − f'(0)²): it comes to rest (section 4.1)",
    (strength) => {
      const under = strength ** 2 / 4 - SLOPE ** 2;
      const [one, other] = flow({ penalty: "r1", strength });
      expect(one?.re).toBeCloseTo(-strength / 2 + (under > 0 ? Math.sqrt(under) : 0), 4);
      expect(one?.im).toBeCloseTo(under < 0 ? Math.sqrt(-under) : 0, 4);
      expect(Math.max(one?.re ?? 0, other?.re ?? 0)).toBeLessThan(0);
      expect(flow({ penalty: "r2", strength })).toEqual(flow({ penalty: "r1", strength }));
    },
  );

  it("keeps θ² + ψ² in infinitely small steps of a game of zero sum", () => {
    const points: readonly Point[] = [
      [0.3, -0.4],
      [1, 2],
    ];
    for (const loss of ["minimax", "wasserstein", "f-pearson"] as const) {
      const field = fieldOf({ ...PLAIN, loss });
      for (const point of points) {
        const [theta, psi] = field(point);
        expect(point[0] * theta + point[1] * psi).toBeCloseTo(0, 12);
      }
    }
  });

  it("leans inwards far out where the players do not want the opposite of the same, as non-saturating ones", () => {
    const farther = (loss: Game["loss"]) => fateOf(play("alternating", { loss })).farther;
    expect(farther("minimax")).toBe("round");
    expect(farther("wasserstein")).toBe("round");
    expect(farther("non-saturating")).toBe("in"); // θψ(σ(−θψ) − σ(θψ)) is never above 0
  });

  it("rests nowhere under WGAN-GP, whose penalty asks for a slope where there is nothing to tell (section 3.2)", () => {
    const fate = fateOf(play("simultaneous", { loss: "wasserstein", penalty: "wganGp", strength: 1 }));
    expect(fate.kinked).toBe(true);
    const step = stepOf(play("alternating", { loss: "wasserstein", penalty: "wganGp", strength: 1 }));
    let position = startAt([0.5, 0.5]);
    let nearest = Number.POSITIVE_INFINITY;
    for (let i = 0; i < 5_000; i++) {
      position = step(position);
      if (i > 4_000) nearest = Math.min(nearest, Math.hypot(...position.point));
    }
    expect(nearest).toBeGreaterThan(0.05);
  });

  it("stays within the bound of weight clipping", () => {
    const step = stepOf(play("simultaneous", { loss: "wasserstein", penalty: "clip", strength: 0.2 }));
    let position = startAt([2, 0]);
    for (let i = 0; i < 100; i++) {
      position = step(position);
      expect(Math.abs(position.point[1])).toBeLessThanOrEqual(0.2);
    }
  });
});

describe("steps", () => {
  it("at once lead out: 1 ± ihf'(0), of modulus above 1 for every h", () => {
    for (const rate of [0.01, 0.1, 0.5]) {
      const { step, where, radius } = fateOf(play("simultaneous", { rate }));
      expect(step[0]?.re).toBeCloseTo(1, 8);
      expect(step[0]?.im).toBeCloseTo(rate * SLOPE, 8);
      expect(radius).toBeCloseTo(Math.sqrt(1 + (rate * SLOPE) ** 2), 8);
      expect(where).toBe("out");
    }
  });

  it.each([
    [0.1, 1],
    [0.5, 3],
    [1, 5],
  ])("in turn stay on the unit circle: 1 − α²/2 ± √((1 − α²/2)² − 1); h %d, n %d", (rate, turns) => {
    const alpha = Math.sqrt(turns) * rate * SLOPE;
    const { step, where } = fateOf(play("alternating", { rate, turns }));
    expect(step[0]?.re).toBeCloseTo(1 - alpha ** 2 / 2, 7);
    expect(step[0]?.im).toBeCloseTo(Math.sqrt(1 - (1 - alpha ** 2 / 2) ** 2), 7);
    expect(where).toBe("round");
  });

  it("with consensus have −γf'(0)² ± if'(0) behind them, and lead in", () => {
    const { step, where } = fateOf(play("consensus", { rate: 0.1, consensus: 2 }));
    expect(step[0]?.re).toBeCloseTo(1 - 0.1 * 2 * SLOPE ** 2, 5);
    expect(step[0]?.im).toBeCloseTo(0.1 * SLOPE, 5);
    expect(where).toBe("in");
  });

  it("ahead of time lead in: extragradient is 1 + hμ + (hμ)², μ = ±if'(0)", () => {
    const { step, where } = fateOf(play("extragradient", { rate: 0.4 }));
    expect(step[0]?.re).toBeCloseTo(1 - (0.4 * SLOPE) ** 2, 7);
    expect(step[0]?.im).toBeCloseTo(0.4 * SLOPE, 7);
    expect(where).toBe("in");
  });

  it.each(["simultaneous", "alternating", "consensus", "optimistic", "extragradient"] as const)(
    "of the method %s shrink or grow as their eigenvalues say",
    (method) => {
      for (const game of ["dirac", "bilinear"] as const) {
        const one = play(method, { game, rate: 0.3 });
        const { radius } = fateOf(one);
        const step = stepOf(one);
        let position = startAt([1e-4, 0]);
        const farthest = (steps: number) => {
          let far = 0;
          for (let i = 0; i < steps; i++) {
            position = step(position);
            far = Math.max(far, Math.hypot(...position.point));
          }
          return far;
        };
        const turn = 50; // once round and more, so that an ellipse's longest reach is met
        farthest(100);
        const before = farthest(turn);
        farthest(200);
        expect(Math.log(farthest(turn) / before) / (200 + turn), game).toBeCloseTo(Math.log(radius), 3);
      }
    },
  );

  it("with R1 lead in, in turn as well as at once", () => {
    for (const method of ["simultaneous", "alternating"] as const) {
      expect(fateOf(play(method, { penalty: "r1", strength: 0.5 })).where).toBe("in");
    }
  });
});

describe("eigenvalues", () => {
  it("are those of known matrices", () => {
    const [one, other] = eigenvalues([
      [2, 1],
      [1, 2],
    ]);
    expect([one.re, other.re]).toEqual([3, 1]);
    const turn = eigenvalues([
      [Math.cos(1), -Math.sin(1)],
      [Math.sin(1), Math.cos(1)],
    ]);
    expect(turn.map(modulus)).toEqual([expect.closeTo(1, 12), expect.closeTo(1, 12)]);
  });

  it("of a linear map are found through its Jacobian", () => {
    const [[a, b], [c, d]] = jacobian(([x, y]) => [3 * x - y, x + 5 * y], [0.7, -2]);
    expect([a, b, c, d].map((entry) => Number(entry.toFixed(6)))).toEqual([3, -1, 1, 5]);
  });
});
