/** The head of a side panel: its name, and the button that folds it to a strip or brings it back. */
import {
  IconLayoutSidebarLeftCollapse,
  IconLayoutSidebarLeftExpand,
  IconLayoutSidebarRightCollapse,
  IconLayoutSidebarRightExpand,
} from "@tabler/icons-react";
import type { ReactNode } from "react";
import classes from "./frame.module.css";
import { fold, type SidePanel, useFrame } from "./frame-store";

const ICONS = {
  experiment: [IconLayoutSidebarLeftCollapse, IconLayoutSidebarLeftExpand],
  charts: [IconLayoutSidebarRightCollapse, IconLayoutSidebarRightExpand],
} as const;

interface Props {
  readonly panel: SidePanel;
  readonly title: string;
  /** What stands in the title's place where the panel shows one of several things. */
  readonly tabs?: ReactNode;
}

export function SideTitle({ panel, title, tabs }: Props) {
  const folded = useFrame((state) => state.folded[panel]);
  const Icon = ICONS[panel][folded ? 1 : 0];
  return (
    <div className={classes.sideTitle} data-panel={panel} data-tabs={tabs !== undefined || undefined}>
      {tabs}
      <h2 className={tabs === undefined ? "panel-title" : "visually-hidden"} id={`${panel}-title`}>
        {title}
      </h2>
      <button
        type="button"
        className={classes.foldButton}
        aria-expanded={!folded}
        aria-controls={`${panel}-content`}
        aria-label={`${folded ? "Unfold" : "Fold"} the ${title.toLowerCase()}`}
        title={`${folded ? "Unfold" : "Fold"} the ${title.toLowerCase()}`}
        onClick={() => fold(panel, !folded)}
      >
        <Icon size={18} aria-hidden="true" />
      </button>
    </div>
  );
}
