/**
 * A sheet over the page: the browser's own dialog, so that focus stays inside, Escape closes and focus returns. What is in it may load
 * when the sheet opens, and fail without taking the page along.
 */
import { IconX } from "@tabler/icons-react";
import { type ReactNode, Suspense, useEffect, useRef } from "react";
import { Part } from "../feedback/Part";
import classes from "./frame.module.css";

interface Props {
  readonly title: string;
  /** What is lost when what is in it fails, as the beginning of a sentence: "The glossary". */
  readonly part: string;
  /** Stands there while that loads. */
  readonly loading?: ReactNode;
  /** "wide" for many things side by side, "full" for a view of its own; by default as wide as a text. */
  readonly size?: "text" | "wide" | "full";
  readonly open: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

export function Sheet({ title, part, loading = null, size = "text", open, onClose, children }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current;
    if (open && element?.open === false) element.showModal();
    if (!open && element?.open === true) element.close();
  }, [open]);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the click closes from outside; the keyboard has Escape and the button
    <dialog
      ref={dialog}
      className={classes.sheet}
      data-size={size}
      aria-label={title}
      onClose={onClose}
      onClick={(event) => event.target === event.currentTarget && onClose()}
    >
      <div className={classes.sheetBody}>
        <div className={classes.sheetHead}>
          <h2>{title}</h2>
          <button type="button" className={classes.sheetClose} aria-label={`Close: ${title}`} onClick={onClose}>
            <IconX size={18} aria-hidden="true" />
          </button>
        </div>
        {open && (
          <Part name={part}>
            <Suspense fallback={loading}>{children}</Suspense>
          </Part>
        )}
      </div>
    </dialog>
  );
}
