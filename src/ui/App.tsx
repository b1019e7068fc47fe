/** Lays the page out: top bar, experiment, stage, latent, charts. Places parts; owns no training logic. */
import { MantineProvider } from "@mantine/core";
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

export function App() {
  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariablesResolver} defaultColorScheme="auto">
      <a className={classes.skip} href="#stage">
        Skip to the stage
      </a>
      <div className={classes.page}>
        <TopBar />
        <aside className={classes.experiment} aria-labelledby="experiment-title" data-panel="experiment">
          <details className={classes.drawer} open={!isPhone()}>
            <summary>
              <h2 id="experiment-title">Experiment</h2>
            </summary>
            <div className={classes.scroll}>
              <ExperimentPanel />
            </div>
          </details>
        </aside>
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
      </div>
      <Notices />
    </MantineProvider>
  );
}

/** Narrow screens begin with the experiment folded away below the charts; the same width as in app.module.css. */
const isPhone = () => window.matchMedia("(max-width: 760px)").matches;
