/** A word or sign of the page that tells what it means: on hover and on focus here, on a press in the glossary. */
import { Tooltip } from "@mantine/core";
import { type ReactNode, useId } from "react";
import { GLOSSARY, type GlossaryEntry, type GlossaryId } from "../../core/glossary";
import { openGlossary } from "./glossary-store";
import { Signs } from "./Signs";
import "./learn.css";

interface Props {
  readonly id: GlossaryId;
  /** What is shown; the sign, or the name where there is none, when left out. */
  readonly children?: ReactNode;
}

export function Term({ id, children }: Props) {
  const { sign, name, text }: GlossaryEntry = GLOSSARY[id];
  const description = useId();
  return (
    <>
      <Tooltip
        label={
          <>
            <strong>{name}.</strong> <Signs text={text} />
          </>
        }
        multiline
        w={260}
        openDelay={200}
        withArrow
        events={{ hover: true, focus: true, touch: false }}
      >
        <button type="button" className="term" aria-describedby={description} onClick={() => openGlossary(id)}>
          {children ?? <Signs text={sign ?? name} />}
        </button>
      </Tooltip>
      <span id={description} hidden>
        {`${name}. ${text}`}
      </span>
    </>
  );
}
