/** The button that opens what can be taken away of a run, and its sheet. */
import { IconDownload } from "@tabler/icons-react";
import { lazy, useState } from "react";
import classes from "../controls/bar.module.css";
import { Sheet } from "../frame/Sheet";

const TakeAway = lazy(() => import("./TakeAway"));

export function TakeAwaySheet() {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        className={classes.icon}
        aria-label="Take away"
        title="Take away: pictures, films, charts and numbers as files"
        onClick={() => setOpen(true)}
      >
        <IconDownload size={16} aria-hidden="true" />
      </button>
      <Sheet title="Take away" part="What can be taken away" size="wide" open={open} onClose={() => setOpen(false)}>
        <TakeAway />
      </Sheet>
    </>
  );
}
