/** What the lab puts beside the stage: its layers, slow motion, and how near one looks. */
import { LayersMenu } from "./LayersMenu";
import { SlowButton } from "./slow/SlowButton";
import { WindowTools } from "./window/WindowTools";

export function StageTools() {
  return (
    <div className="lab-tools">
      <LayersMenu />
      <SlowButton />
      <WindowTools />
    </div>
  );
}
