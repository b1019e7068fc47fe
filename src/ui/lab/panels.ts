/** What the tabs of the right column show. The charts are there without the lab. */
import type { ComponentType } from "react";
import { ChartsPanel } from "../charts/ChartsPanel";
import { Doctor } from "./doctor/Doctor";
import { Health } from "./health/Health";
import { InsideTab } from "./inside/InsideTab";
import type { LabTab } from "./lab-module";
import { Metrics } from "./metrics/Metrics";

export const LAB_PANELS: Readonly<Record<LabTab, ComponentType>> = {
  charts: ChartsPanel,
  metrics: Metrics,
  health: Health,
  inside: InsideTab,
  doctor: Doctor,
};
