/** The tabs of the right column: what it shows beside the charts. Arrow keys go from one to the next. */
import type { KeyboardEvent } from "react";
import { FINDINGS } from "../../core/diagnosis/doctor";
import { useDoctor } from "./doctor/doctor-store";
import { LAB_TABS, type LabTab, showTab, useLab } from "./lab-module";

export function LabTabs() {
  const shown = useLab((state) => state.tab);
  const problems = useDoctor(({ known }) => known.filter(({ id }) => FINDINGS[id].level !== "good").length);
  const move = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const at = LAB_TABS.findIndex(({ id }) => id === shown);
    const next = LAB_TABS[(at + step + LAB_TABS.length) % LAB_TABS.length];
    if (next === undefined) return;
    showTab(next.id);
    document.getElementById(tabId(next.id))?.focus();
  };
  return (
    <div className="lab-tabs" role="tablist" aria-label="Right column" onKeyDown={move}>
      {LAB_TABS.map(({ id, name }) => (
        <button
          key={id}
          id={tabId(id)}
          type="button"
          role="tab"
          className="lab-tab"
          aria-selected={id === shown}
          aria-controls="charts-content"
          tabIndex={id === shown ? 0 : -1}
          onClick={() => showTab(id)}
        >
          {name}
          {id === "doctor" && problems > 0 && (
            <span className="lab-count number">
              {problems}
              <span className="visually-hidden"> found</span>
            </span>
          )}
        </button>
      ))}
    </div>
  );
}

const tabId = (tab: LabTab) => `lab-tab-${tab}`;
