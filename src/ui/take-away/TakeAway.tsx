/** What can be taken away of a run: pictures, films, charts and numbers. Loaded when somebody opens the sheet. */
import { ChartFiles } from "./ChartFiles";
import { Films } from "./Films";
import { RunFiles } from "./RunFiles";
import { Stills } from "./Stills";
import "../frame/sheet-form.css";
import "./take-away.css";

export default function TakeAway() {
  return (
    <div className="sheet-form take">
      <Stills />
      <Films />
      <ChartFiles />
      <RunFiles />
    </div>
  );
}
