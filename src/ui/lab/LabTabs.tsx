/** The tabs of the right column: what it shows beside the charts. */
import { FINDINGS } from "../../core/diagnosis/doctor";
import { TabList } from "../frame/TabList";
import { useDoctor } from "./doctor/doctor-store";
import { LAB_TABS, showTab, useLab } from "./lab-module";

export function LabTabs() {
  const shown = useLab((state) => state.tab);
  const problems = useDoctor(({ known }) => known.filter(({ id }) => FINDINGS[id].level !== "good").length);
  return (
    <TabList
      prefix="lab"
      label="Right column"
      tabs={LAB_TABS}
      shown={shown}
      onShow={showTab}
      panel="charts-content"
      badge={(id) =>
        id === "doctor" &&
        problems > 0 && (
          <span className="lab-count number">
            {problems}
            <span className="visually-hidden"> found</span>
          </span>
        )
      }
    />
  );
}
