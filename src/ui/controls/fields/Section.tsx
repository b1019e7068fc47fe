/** A disclosure of the experiment panel: a heading that opens, with a summary of what is inside while closed. */
import { IconChevronRight } from "@tabler/icons-react";
import { type ReactNode, useId, useState } from "react";
import { type Effect, SectionEffect, UsualEffect } from "./effect";
import classes from "./fields.module.css";

export interface SectionProps {
  readonly title: string;
  /** What is set inside, in a few words; shown beside the title. */
  readonly summary?: string;
  /** Colours the title's dot when the section is about one player. */
  readonly role?: "generator" | "discriminator";
  readonly open?: boolean;
  /** What most changes inside do. */
  readonly effect: Effect;
  /** Something inside needs attention. */
  readonly alert?: boolean;
  readonly children: ReactNode;
}

export function Section(props: SectionProps) {
  const { title, summary, role, open: initially = false, effect, alert = false, children } = props;
  const [open, setOpen] = useState(initially);
  const body = useId();
  return (
    <section className={classes.section}>
      <h3 className={classes.sectionHeading}>
        <button
          type="button"
          className={classes.sectionButton}
          aria-expanded={open}
          aria-controls={body}
          onClick={() => setOpen(!open)}
        >
          <IconChevronRight size={14} className={classes.chevron} data-open={open} aria-hidden="true" />
          {role !== undefined && <span className={classes.dot} data-role={role} aria-hidden="true" />}
          <span className={classes.sectionTitle}>{title}</span>
          {alert && <span className={classes.sectionAlert}>needs a change</span>}
          {open && !alert && <SectionEffect effect={effect} />}
          {summary !== undefined && !open && !alert && <span className={classes.sectionSummary}>{summary}</span>}
        </button>
      </h3>
      <div id={body} className={classes.sectionBody} hidden={!open}>
        {open && <UsualEffect value={effect}>{children}</UsualEffect>}
      </div>
    </section>
  );
}
