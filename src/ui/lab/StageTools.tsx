/** What the lab puts beside the stage: its layers, and slow motion. */
import { LayersMenu } from "./LayersMenu";
import { SlowButton } from "./slow/SlowButton";

export function StageTools() {
  return (
    <div className="lab-tools">
      <LayersMenu />
      <SlowButton />
    </div>
  );
}
