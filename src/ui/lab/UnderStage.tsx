/** What stands under the stage while the lab is open: the run's moments, or the stages of one step. */
import { SlowMotion } from "./slow/SlowMotion";
import { useSlow } from "./slow/slow-store";
import { Timeline } from "./timeline/Timeline";

export function UnderStage() {
  return useSlow((state) => state.open) ? <SlowMotion /> : <Timeline />;
}
