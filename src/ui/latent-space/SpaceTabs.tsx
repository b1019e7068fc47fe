/** The tabs of the view. Arrow keys go from one to the next. */
import type { KeyboardEvent } from "react";
import { SPACE_TABS, type SpaceTab, useSpace } from "./space-store";

export function SpaceTabs() {
  const shown = useSpace((state) => state.tab);
  const move = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const at = SPACE_TABS.findIndex(({ id }) => id === shown);
    const next = SPACE_TABS[(at + step + SPACE_TABS.length) % SPACE_TABS.length];
    if (next === undefined) return;
    useSpace.setState({ tab: next.id });
    document.getElementById(tabId(next.id))?.focus();
  };
  return (
    <div className="space-tabs" role="tablist" aria-label="What to do in latent space" onKeyDown={move}>
      {SPACE_TABS.map(({ id, name }) => (
        <button
          key={id}
          id={tabId(id)}
          type="button"
          role="tab"
          className="space-tab"
          aria-selected={id === shown}
          aria-controls={SPACE_PANEL}
          tabIndex={id === shown ? 0 : -1}
          onClick={() => useSpace.setState({ tab: id })}
        >
          {name}
        </button>
      ))}
    </div>
  );
}

export const SPACE_PANEL = "space-panel";
export const tabId = (tab: SpaceTab) => `space-tab-${tab}`;
