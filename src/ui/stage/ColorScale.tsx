/** What the ground of the pictures means, once for all arms: a bar from "fake" to "real". */
import { usePlayground } from "../../client/use-playground";
import { useRoleColors } from "../theme/use-role-colors";
import { heatColor, heatRamp } from "./heat-map";
import { probabilityText } from "./heat-scale";
import { sharedHeatScale } from "./shared-scale";
import { useViewSettings } from "./view-settings";

const STOPS = Array.from({ length: 17 }, (_, i) => i / 16);

export function ColorScale({ probability }: { readonly probability: boolean }) {
  const colors = useRoleColors();
  const ramp = heatRamp(colors);
  const shared = usePlayground(sharedHeatScale);
  const contrast = useViewSettings((state) => state.heat === "contrast");
  const scale = probability && contrast ? shared : null;
  const stops = STOPS.map((share) => {
    if (scale !== null) return heatColor(scale.low + share * (scale.high - scale.low), scale, colors);
    const i = 3 * Math.round(share * 255);
    return `rgb(${ramp[i]} ${ramp[i + 1]} ${ramp[i + 2]})`;
  });
  const [low, high] = scale === null ? ["0", "1"] : [probabilityText(scale.low), probabilityText(scale.high)];
  return (
    <p className="color-scale number">
      {probability ? "D(x):" : "D's score, each arm's own scale:"} <span className="role-fake">fake</span>
      {probability && <span className="color-scale-end">{low}</span>}
      <span className="color-scale-bar" style={{ backgroundImage: `linear-gradient(90deg, ${stops.join(", ")})` }} />
      {probability && <span className="color-scale-end">{high}</span>}
      <span className="role-real">real</span>
    </p>
  );
}
