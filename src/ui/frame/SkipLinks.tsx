/** The first stops of the Tab key: straight to each place of the page. */
import classes from "./frame.module.css";
import { goTo, PLACES } from "./frame-store";

export function SkipLinks() {
  return (
    <div className={classes.skips}>
      {PLACES.map(({ id, name }) => (
        <a
          key={id}
          className={classes.skip}
          href={`#${id}`}
          onClick={(event) => {
            event.preventDefault(); // the address's hash is the experiment's
            goTo(id);
          }}
        >
          {`Skip to the ${name.toLowerCase()}`}
        </a>
      ))}
    </div>
  );
}
