/** Looks at a trainer that do not disturb it. */
export { type Company, generate, generateSamples, score } from "./generate";
export { lineGrid, planeGrid } from "./grid";
export { toRgba } from "./rgba";
export { type StageView, stageFrame } from "./stage-frame";
