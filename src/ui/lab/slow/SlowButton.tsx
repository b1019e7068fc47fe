/** Opens slow motion. */
import { IconZoomPan } from "@tabler/icons-react";
import { usePlayground } from "../../../client/use-playground";
import { closeSlow, openSlow, useSlow } from "./slow-store";

export function SlowButton() {
  const open = useSlow((state) => state.open);
  const refused = usePlayground((state) => state.refusals.length > 0);
  return (
    <button
      type="button"
      className="lab-menu-button"
      aria-pressed={open}
      disabled={refused && !open}
      title="The next training step in stages: what is drawn, what each network makes of it, and what is learned"
      onClick={() => (open ? closeSlow() : openSlow())}
    >
      <IconZoomPan size={15} aria-hidden="true" />
      Slow motion
    </button>
  );
}
