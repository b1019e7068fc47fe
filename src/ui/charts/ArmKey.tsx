/** Which line is which arm's, above the charts of a comparison. */
import { type ArmId, armLetter } from "../../core/arms";
import { useArmTitles } from "../compare/use-arm-titles";
import { ARM_DASHES } from "./arm-dashes";

export function ArmKey({ arms }: { readonly arms: readonly ArmId[] }) {
  const titles = useArmTitles();
  return (
    <ul className="chart-arms" aria-label="Arms">
      {arms.map((arm) => (
        <li key={arm}>
          <svg width="30" height="10" viewBox="0 0 30 10" aria-hidden="true">
            <path d="M0 5H30" stroke="currentColor" strokeWidth="2" strokeDasharray={ARM_DASHES[arm]} />
          </svg>
          <b>{armLetter(arm)}</b> {titles[arm]}
        </li>
      ))}
    </ul>
  );
}
