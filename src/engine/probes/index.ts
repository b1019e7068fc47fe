/** Looks at a trainer that do not disturb it. */
export { evaluationBatches, evaluationReals, evaluationSamples } from "./evaluation-samples";
export { type Company, generate, score } from "./generate";
export { lineGrid, planeGrid } from "./grid";
export { type MeasuredGenerator, measureGenerator } from "./measure-generator";
export { toRgba } from "./rgba";
export { slowStep } from "./slow-step";
export { isPlainFrame, type StageView, stageFrame, stageFrameAside } from "./stage-frame";
export { answerStudy } from "./studies";
export { seenGame } from "./theory";
