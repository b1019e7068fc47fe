/** What can be taken away of a run: pictures, films, charts and numbers. Loaded when somebody opens the sheet. */
import { ChartFiles } from "./ChartFiles";
import { Films } from "./Films";
import { FILM_SCENES } from "./film-scenes";
import { RunFiles } from "./RunFiles";
import { Stills } from "./Stills";
import "../frame/sheet-form.css";
import "./take-away.css";

export default function TakeAway() {
  return (
    <div className="sheet-form take">
      <Stills />
      <Films title="A film" scenes={FILM_SCENES} />
      <ChartFiles />
      <RunFiles />
    </div>
  );
}
