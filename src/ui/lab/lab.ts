/** Everything of the lab, in one chunk that is loaded when somebody opens it. lab-module.ts loads it. */
export { STAGE_LAYERS } from "../stage/layers";
export { startDoctor } from "./doctor/doctor-store";
export { LabTabs } from "./LabTabs";
export { LayersMenu } from "./LayersMenu";
export { LAB_PANELS } from "./panels";
export { planeMap, theoryAt } from "./plane-map";
export { watchGoal } from "./timeline/goal-store";
export { Timeline } from "./timeline/Timeline";

import "./lab.css";
