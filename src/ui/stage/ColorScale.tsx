/** What the ground of the pictures means, once for all arms: a bar from "fake" to "real". */
import { useRoleColors } from "../theme/use-role-colors";
import { heatRamp } from "./heat-map";

const STOPS = [0, 0.25, 0.5, 0.75, 1] as const;

export function ColorScale({ probability }: { readonly probability: boolean }) {
  const ramp = heatRamp(useRoleColors());
  const stops = STOPS.map((share) => {
    const i = 3 * Math.round(share * 255);
    return `rgb(${ramp[i]} ${ramp[i + 1]} ${ramp[i + 2]})`;
  });
  return (
    <p className="color-scale">
      {probability ? "D(x):" : "D's score, each arm's own scale:"}{" "}
      <span className="role-fake">fake{probability && " 0"}</span>
      <span className="color-scale-bar" style={{ backgroundImage: `linear-gradient(90deg, ${stops.join(", ")})` }} />
      <span className="role-real">{probability && "1 "}real</span>
    </p>
  );
}
