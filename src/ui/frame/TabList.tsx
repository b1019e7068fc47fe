/** Tabs over a panel (WAI-ARIA Authoring Practices, "tabs"): arrow keys go from one to the next and show it. Looks are its place's. */
import type { KeyboardEvent, ReactNode } from "react";

interface Props<T extends string> {
  /** Of its elements' ids and classes: `${prefix}-tab`, `${prefix}-tabs`. */
  readonly prefix: string;
  readonly label: string;
  readonly tabs: readonly { readonly id: T; readonly name: string }[];
  readonly shown: T;
  readonly onShow: (tab: T) => void;
  /** The id of the panel. */
  readonly panel: string;
  /** Stands behind a tab's name. */
  readonly badge?: (tab: T) => ReactNode;
}

export function TabList<T extends string>({ prefix, label, tabs, shown, onShow, panel, badge }: Props<T>) {
  const move = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const at = tabs.findIndex(({ id }) => id === shown);
    const next = tabs[(at + step + tabs.length) % tabs.length];
    if (next === undefined) return;
    onShow(next.id);
    document.getElementById(tabId(prefix, next.id))?.focus();
  };
  return (
    <div className={`${prefix}-tabs`} role="tablist" aria-label={label} onKeyDown={move}>
      {tabs.map(({ id, name }) => (
        <button
          key={id}
          id={tabId(prefix, id)}
          type="button"
          role="tab"
          className={`${prefix}-tab`}
          aria-selected={id === shown}
          aria-controls={panel}
          tabIndex={id === shown ? 0 : -1}
          onClick={() => onShow(id)}
        >
          {name}
          {badge?.(id)}
        </button>
      ))}
    </div>
  );
}

/** What a panel is labelled by. */
export const tabId = (prefix: string, tab: string): string => `${prefix}-tab-${tab}`;
