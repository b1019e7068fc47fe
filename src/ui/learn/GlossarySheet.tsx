/** The button that opens the glossary, and its sheet; a press on any term opens it as well. */
import { IconBook2 } from "@tabler/icons-react";
import { lazy } from "react";
import classes from "../controls/bar.module.css";
import { Sheet } from "../frame/Sheet";
import { closeGlossary, openGlossary, useGlossary } from "./glossary-store";

const Glossary = lazy(() => import("./Glossary"));

export function GlossarySheet() {
  const at = useGlossary((state) => state.at);
  return (
    <>
      <button
        type="button"
        className={classes.icon}
        aria-label="Glossary"
        title="Glossary: every word and sign of this page"
        onClick={() => openGlossary()}
      >
        <IconBook2 size={16} aria-hidden="true" />
      </button>
      <Sheet title="Glossary" part="The glossary" open={at !== null} onClose={closeGlossary}>
        {at !== null && <Glossary at={at} />}
      </Sheet>
    </>
  );
}
