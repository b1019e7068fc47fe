/** Buttons of the bar that are about the page, not the run: present, and the sheet of shortcuts. */
import { IconKeyboard, IconPresentation, IconPresentationOff } from "@tabler/icons-react";
import { lazy } from "react";
import classes from "../controls/bar.module.css";
import { present, useFrame } from "./frame-store";
import { Sheet } from "./Sheet";
import { useShortcuts } from "./use-shortcuts";

const ShortcutList = lazy(() => import("./ShortcutList"));

export function FrameTools() {
  const presenting = useFrame((state) => state.presenting);
  const [open, setOpen] = useShortcuts();
  const Icon = presenting ? IconPresentationOff : IconPresentation;
  return (
    <>
      <button
        type="button"
        className={`${classes.icon} ${classes.wideOnly}`}
        aria-label="Present"
        aria-pressed={presenting}
        title={presenting ? "End the presentation (P)" : "Present: full screen, large type, panels folded (P)"}
        onClick={() => present(!presenting)}
      >
        <Icon size={16} aria-hidden="true" />
      </button>
      <button
        type="button"
        className={`${classes.icon} ${classes.wideOnly}`}
        aria-label="Keyboard shortcuts"
        title="Keyboard shortcuts (?)"
        onClick={() => setOpen(true)}
      >
        <IconKeyboard size={16} aria-hidden="true" />
      </button>
      <Sheet title="Keyboard shortcuts" part="The list of shortcuts" open={open} onClose={() => setOpen(false)}>
        <ShortcutList />
      </Sheet>
    </>
  );
}
