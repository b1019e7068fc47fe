/** Why training stopped, when a number was not finite. While comparing each arm says it itself (ArmRegion). */
import { usePlayground } from "../../client/use-playground";

export function StoppedNote() {
  const stopped = usePlayground((state) => state.arms[0]?.stopped ?? null);
  if (stopped === null) return null;
  return (
    <p className="arm-stopped" role="alert">
      {stopped}
    </p>
  );
}
