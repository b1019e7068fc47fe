/**
 * One dispatch that updates all parameters of a player in place: optimizers/*.ts's formulas on flat vectors. The optimisers themselves, with
 * their learning rates and corrections, are there.
 */
import type { OptimizerConfig, OptimizerType } from "../../../core/config";
import { type GpuPlan, type Hook, onePass } from "./program";
import { float, hookBuffers, hookFunction, linearKernel } from "./wgsl";

export interface UpdateOptions {
  /** Where the coefficients begin in their buffer. Default 0. */
  readonly coefficientsAt?: number;
  /** Runs on each new weight before it is stored, as for weight clipping; row is 0 and col the index. */
  readonly epilogue?: Hook;
}

/** Slots, and WGSL that makes `change` and new slots from `gradient`, the old slots and `coefficient(i)`. */
interface UpdateRule {
  readonly slots: readonly string[];
  readonly body: string;
}

const RULES: { readonly [T in OptimizerType]: (config: Extract<OptimizerConfig, { type: T }>) => UpdateRule } = {
  // Kingma and Ba 2015, algorithm 1; coefficients: rate / (1 - β₁ᵗ), 1 / √(1 - β₂ᵗ).
  adam: ({ beta1, beta2, epsilon }) => ({
    slots: ["m", "v"],
    body: `let newM = m[index] * ${float(beta1)} + gradient * ${float(1 - beta1)};
  let newV = v[index] * ${float(beta2)} + gradient * gradient * ${float(1 - beta2)};
  m[index] = newM;
  v[index] = newV;
  let change = newM * coefficient(0u) / (sqrt(newV) * coefficient(1u) + ${float(epsilon)});`,
  }),
  sgd: () => ({ slots: [], body: "let change = gradient * coefficient(0u);" }),
  // Polyak 1964.
  momentum: (config) => ({
    slots: ["velocity"],
    body: `let newVelocity = velocity[index] * ${float(config.momentum)} + gradient;
  velocity[index] = newVelocity;
  let change = newVelocity * coefficient(0u);`,
  }),
  // Tieleman and Hinton 2012.
  rmsprop: ({ decay, epsilon }) => ({
    slots: ["meanSquare"],
    body: `let newSquare = meanSquare[index] * ${float(decay)} + gradient * gradient * ${float(1 - decay)};
  meanSquare[index] = newSquare;
  let change = gradient / sqrt(newSquare + ${float(epsilon)}) * coefficient(0u);`,
  }),
};

/**
 * One update of `count` parameters in place: weights -= change, and the slots move on.
 * Operands: gradient [count], coefficients (Optimizer.coefficients of this update, live), [extra inputs], weights [count], the optimiser's
 * slots in order [count] each, [extra outputs].
 */
export function updateParameters(config: OptimizerConfig, count: number, options: UpdateOptions = {}): GpuPlan {
  const { coefficientsAt = 0, epilogue } = options;
  const { slots, body } = ruleOf(config.type, config);
  const [extras, outs] = hookBuffers(epilogue);
  const { code, workgroups, bindings } = linearKernel(
    count,
    [
      { name: "gradients", kind: "read" },
      { name: "coefficients", kind: "read" },
      ...extras,
      { name: "weights", kind: "read-write" },
      ...slots.map((name) => ({ name, kind: "read-write" }) as const),
      ...outs,
    ],
    `fn coefficient(i: u32) -> f32 { return coefficients[${coefficientsAt}u + i]; }
${hookFunction("epilogue", epilogue)}`,
    `let gradient = gradients[index];
  ${body}
  weights[index] = epilogue(weights[index] - change, index, 0u, index);`,
  );
  return onePass({ label: `${config.type} ${count}`, code, workgroups, bindings });
}

function ruleOf<T extends OptimizerType>(type: T, config: Extract<OptimizerConfig, { type: T }>): UpdateRule {
  return RULES[type](config);
}
