/** A phone's bar at the bottom: one tap to each place of the page. Wider screens show all places, and no bar. */
import { IconAdjustments, IconChartLine, IconGridDots, IconStack2 } from "@tabler/icons-react";
import classes from "./frame.module.css";
import { goTo, PLACES, type Place, useFrame } from "./frame-store";

const ICONS: Readonly<Record<Place, typeof IconStack2>> = {
  stage: IconGridDots,
  latent: IconStack2,
  charts: IconChartLine,
  experiment: IconAdjustments,
};

export function PlaceBar() {
  const place = useFrame((state) => state.place);
  return (
    <nav className={classes.places} aria-label="Places">
      {PLACES.map(({ id, name }) => {
        const Icon = ICONS[id];
        return (
          <button
            key={id}
            type="button"
            className={classes.place}
            aria-current={id === place ? "page" : undefined}
            onClick={() => goTo(id)}
          >
            <Icon size={20} aria-hidden="true" />
            {name}
          </button>
        );
      })}
    </nav>
  );
}
