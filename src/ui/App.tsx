/** Lays the page out: top bar, experiment, stage, latent, charts. Places parts; owns no training logic. */
import { MantineProvider } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { useState } from "react";
import classes from "./app.module.css";
import { ChartsPanel } from "./charts/ChartsPanel";
import { CompareBar } from "./compare/CompareBar";
import { ExperimentPanel } from "./controls/ExperimentPanel";
import { TopBar } from "./controls/TopBar";
import { DataProgress } from "./feedback/DataProgress";
import { Lesson } from "./feedback/Lesson";
import { Notices } from "./feedback/Notices";
import { LatentPanel } from "./latent/LatentPanel";
import { StageArea } from "./stage/StageArea";
import "./theme/mantine-styles";
import "./theme/tokens.css";
import { cssVariablesResolver, theme } from "./theme/theme";

/** Narrow screens begin with the experiment folded away below the charts; the same width as in app.module.css. */
const PHONE = "(max-width: 760px)";

export function App() {
  const phone = useMediaQuery(PHONE, false, { getInitialValueInEffect: false });
  const [unfolded, setUnfolded] = useState(false);
  // The panel stands in the document where it is seen: before the stage, or on a phone after all else.
  const experiment = (
    <aside className={classes.experiment} aria-labelledby="experiment-title" data-panel="experiment">
      <h2 id="experiment-title" className="visually-hidden">
        Experiment
      </h2>
      <details
        className={classes.drawer}
        open={!phone || unfolded}
        onToggle={(event) => setUnfolded(event.currentTarget.open)}
      >
        <summary>Experiment</summary>
        <div className={classes.scroll}>
          <ExperimentPanel />
        </div>
      </details>
    </aside>
  );
  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariablesResolver} defaultColorScheme="auto">
      <a className={classes.skip} href="#stage">
        Skip to the stage
      </a>
      <div className={classes.page}>
        <TopBar />
        {!phone && experiment}
        <main className={classes.main} id="stage" tabIndex={-1}>
          <Lesson />
          <DataProgress />
          <CompareBar />
          <div className={classes.stage}>
            <StageArea />
          </div>
          <div className={classes.latent}>
            <LatentPanel />
          </div>
        </main>
        <div className={classes.charts}>
          <ChartsPanel />
        </div>
        {phone && experiment}
      </div>
      <Notices />
    </MantineProvider>
  );
}
