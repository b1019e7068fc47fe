/** A word or sign of the page that tells what it means: on hover and on focus here, on a press in the glossary. */
import { Tooltip } from "@mantine/core";
import { memo, type ReactElement, type ReactNode, useId } from "react";
import type { GlossaryId } from "../../core/glossary";
import { useGlossaryEntry } from "./glossary-entries";
import { openGlossary } from "./glossary-store";
import { Signs } from "./Signs";
import "./learn.css";

interface Props {
  readonly id: GlossaryId;
  /** What is shown; the sign, or the name where there is none, when left out. */
  readonly children?: ReactNode;
}

/** Kept while it says the same: it stands beside numbers that change many times a second. */
export const Term = memo(function Term({ id, children }: Props) {
  const entry = useGlossaryEntry(id);
  return (
    <Explained id={id}>
      {(description) => (
        <button type="button" className="term" aria-describedby={description} onClick={() => openGlossary(id)}>
          <span className="term-word">{children ?? <Signs text={entry?.sign ?? entry?.name ?? ""} />}</span>
        </button>
      )}
    </Explained>
  );
});

interface ExplainedProps {
  readonly id: GlossaryId;
  /** One element that can be focused; it gets the id of its description. */
  readonly children: (description: string) => ReactElement;
}

/** Tells what a word means on hover and focus of something that has a press of its own. */
export function Explained({ id, children }: ExplainedProps) {
  const entry = useGlossaryEntry(id);
  const description = useId();
  return (
    <>
      <Tooltip
        label={
          <>
            <strong>{entry?.name}.</strong> <Signs text={entry?.text ?? ""} />
          </>
        }
        disabled={entry === null}
        multiline
        w={260}
        openDelay={200}
        withArrow
        events={{ hover: true, focus: true, touch: false }}
      >
        {children(description)}
      </Tooltip>
      <span id={description} hidden>
        {entry === null ? "" : `${entry.name}. ${entry.text}`}
      </span>
    </>
  );
}
