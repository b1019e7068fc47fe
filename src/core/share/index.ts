/**
 * Experiments as links: readable `key=value` pairs of what differs from the default experiment, and back. Text only: no
 * window, no history, no storage. `#v=2&dataset=mnist&loss=minimax&generator.optimizer.learningRate=0.0005`; `v` says which
 * default experiment and which stacks are meant (bases.ts), the further arms of a comparison are `b.`, `c.`, `d.` and what differs
 * from the first.
 */
export { CURRENT_VERSION } from "./bases";
export { decodeExperiment, namesExperiment } from "./decode";
export { encodeExperiment, permanentHash, startingConfig } from "./encode";
export type { DecodedExperiment } from "./experiment";
