/** What the playground has to say: a stack of cards that can be acted on and dismissed. The words come from the store. */
import { IconAlertTriangle, IconExclamationCircle, IconInfoCircle, IconX } from "@tabler/icons-react";
import type { Notice } from "../../client/store";
import { useActions, usePlayground } from "../../client/use-playground";
import classes from "./feedback.module.css";

const LEVELS = {
  info: { Icon: IconInfoCircle, role: "status" },
  warning: { Icon: IconAlertTriangle, role: "alert" },
  error: { Icon: IconExclamationCircle, role: "alert" },
} as const;

export function Notices() {
  const notices = usePlayground((state) => state.notices);
  return (
    <section className={classes.notices} aria-label="Notices">
      {notices.map((notice) => (
        <Card key={notice.id} notice={notice} />
      ))}
    </section>
  );
}

function Card({ notice }: { notice: Notice }) {
  const actions = useActions();
  const { Icon, role } = LEVELS[notice.level];
  const { action } = notice;
  return (
    <div className={classes.notice} data-level={notice.level} role={role}>
      <Icon size={18} className={classes.noticeIcon} aria-hidden="true" />
      <div className={classes.noticeBody}>
        <strong>{notice.title}</strong>
        <p>{notice.text}</p>
        {action !== null && (
          <button
            type="button"
            className={classes.action}
            onClick={() => {
              actions.dismiss(notice.id);
              action.run();
            }}
          >
            {action.label}
          </button>
        )}
      </div>
      <button
        type="button"
        className={classes.close}
        aria-label={`Dismiss: ${notice.title}`}
        onClick={() => actions.dismiss(notice.id)}
      >
        <IconX size={16} aria-hidden="true" />
      </button>
    </div>
  );
}
