/** Opens and closes the lab: more to see and to do, none of which the first visit needs. */
import { IconFlask } from "@tabler/icons-react";
import { useEffect } from "react";
import classes from "../controls/bar.module.css";
import { reopenLab, setLabOpen, useLab } from "./lab-module";

export function LabButton() {
  const open = useLab((state) => state.open);
  useEffect(reopenLab, []);
  return (
    <button
      type="button"
      className={classes.button}
      aria-label="Lab"
      aria-pressed={open}
      title={open ? "Close the lab" : "The lab: layers of the picture, a doctor for training, going back in time"}
      onClick={() => setLabOpen(!open)}
    >
      <IconFlask size={16} aria-hidden="true" />
      <span className={classes.buttonText}>Lab</span>
    </button>
  );
}
