/** The button that opens what can be taken away of a run, and its sheet. */
import { IconDownload } from "@tabler/icons-react";
import { lazy, Suspense, useState } from "react";
import classes from "../controls/bar.module.css";
import { Part } from "../feedback/Part";
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
      <Sheet title="Take away" size="wide" open={open} onClose={() => setOpen(false)}>
        <Part name="What can be taken away">
          <Suspense fallback={null}>
            <TakeAway />
          </Suspense>
        </Part>
      </Sheet>
    </>
  );
}
