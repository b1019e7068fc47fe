/** The head of a side panel: its name, and the button that folds it to a strip or brings it back. */
import {
  IconLayoutSidebarLeftCollapse,
  IconLayoutSidebarLeftExpand,
  IconLayoutSidebarRightCollapse,
  IconLayoutSidebarRightExpand,
} from "@tabler/icons-react";
import classes from "./frame.module.css";
import { fold, type SidePanel, useFrame } from "./frame-store";

const ICONS = {
  experiment: [IconLayoutSidebarLeftCollapse, IconLayoutSidebarLeftExpand],
  charts: [IconLayoutSidebarRightCollapse, IconLayoutSidebarRightExpand],
} as const;

export function SideTitle({ panel, title }: { readonly panel: SidePanel; readonly title: string }) {
  const folded = useFrame((state) => state.folded[panel]);
  const Icon = ICONS[panel][folded ? 1 : 0];
  return (
    <div className={classes.sideTitle} data-panel={panel}>
      <h2 className="panel-title" id={`${panel}-title`}>
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
