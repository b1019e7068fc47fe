/** Everything of the lab, in one chunk that is loaded when somebody opens it. lab-module.ts loads it. */
export { STAGE_LAYERS } from "../stage/layers";
export { ChartMenu } from "./charts/ChartMenu";
export { ChartTools } from "./charts/ChartTools";
export { startDoctor } from "./doctor/doctor-store";
export { LabTabs } from "./LabTabs";
export { LAB_PANELS } from "./panels";
export { planeMap, theoryAt } from "./plane-map";
export { StageTools } from "./StageTools";
export { closeSlow } from "./slow/slow-store";
export { watchGoal } from "./timeline/goal-store";
export { UnderStage } from "./UnderStage";
export { moveWindow } from "./window/move-window";

import "./lab.css";
