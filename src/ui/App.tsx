/** Lays the page out: top bar, experiment, stage, latent, charts. Places parts; owns no training logic. */
import { MantineProvider } from "@mantine/core";
import { isComparing } from "../client/selectors";
import { usePlayground } from "../client/use-playground";
import classes from "./app.module.css";
import { ChartsPanel } from "./charts/ChartsPanel";
import { CompareBar } from "./compare/CompareBar";
import { ExperimentPanel } from "./controls/ExperimentPanel";
import { TopBar } from "./controls/TopBar";
import { DataProgress } from "./feedback/DataProgress";
import { Lesson } from "./feedback/Lesson";
import { Notices } from "./feedback/Notices";
import { Part, PartFailed } from "./feedback/Part";
import { Announcer } from "./frame/Announcer";
import { useFrame } from "./frame/frame-store";
import { PlaceBar } from "./frame/PlaceBar";
import { SideTitle } from "./frame/SideTitle";
import { SkipLinks } from "./frame/SkipLinks";
import { GameSheet } from "./game/GameSheet";
import { reopenLab, useLab, useLabModule } from "./lab/lab-module";
import { LatentPanel } from "./latent/LatentPanel";
import { SpaceSheet } from "./latent-space/SpaceSheet";
import { DropAnywhere } from "./pictures/DropAnywhere";
import { PicturesSheet } from "./pictures/PicturesSheet";
import { PointsSheet } from "./points/PointsSheet";
import { StageArea } from "./stage/StageArea";
import { SweepSheet } from "./sweep/SweepSheet";
import "./theme/mantine-styles";
import "./theme/tokens.css";
import "./theme/forced-colors.css";
import { cssVariablesResolver, theme } from "./theme/theme";

/** Charts, or one of several things while the lab is open. */
function ChartsTitle() {
  const lab = useLabModule();
  return <SideTitle panel="charts" title="Charts" {...(lab === null ? {} : { tabs: <lab.LabTabs /> })} />;
}

/** Under the stage while the lab is open: the run's moments and branches, or one step in stages. */
function Time() {
  const lab = useLabModule();
  const missing = useLab(({ open, failed }) => open && failed);
  if (missing) return <PartFailed name="The lab" failure="never came" onAgain={reopenLab} />;
  return lab === null ? null : <lab.UnderStage />;
}

function RightColumn() {
  const lab = useLabModule();
  const tab = useLab((state) => state.tab);
  const Panel = lab?.LAB_PANELS[tab];
  return Panel === undefined ? (
    <Part name="The charts">
      <ChartsPanel />
    </Part>
  ) : (
    <Part name="The lab">
      <Panel />
    </Part>
  );
}

export function App() {
  const place = useFrame((state) => state.place);
  const folded = useFrame((state) => state.folded);
  const presenting = useFrame((state) => state.presenting);
  const comparing = usePlayground(isComparing);
  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariablesResolver} defaultColorScheme="auto">
      <SkipLinks />
      <Announcer />
      <div
        className={classes.page}
        data-place={place}
        data-presenting={presenting || undefined}
        data-experiment-folded={folded.experiment || undefined}
        data-charts-folded={folded.charts || undefined}
      >
        <Part name="The bar with Train and the devices">
          <TopBar />
        </Part>
        <aside id="experiment" className={classes.experiment} aria-labelledby="experiment-title" tabIndex={-1}>
          <SideTitle panel="experiment" title="Experiment" />
          <div id="experiment-content" className={classes.scroll}>
            <Part name="The experiment panel">
              <ExperimentPanel />
            </Part>
          </div>
        </aside>
        <main id="stage" className={classes.main} data-comparing={comparing || undefined} tabIndex={-1}>
          <Part name="What stands above the stage">
            <div className={classes.lesson} data-lesson>
              <Lesson />
            </div>
            <DataProgress />
            <CompareBar />
          </Part>
          <div className={classes.work}>
            <div className={classes.stage}>
              <Part name="The stage">
                <StageArea />
              </Part>
            </div>
            <div id="latent" className={classes.latent} tabIndex={-1}>
              <Part name="The latent panel">
                <LatentPanel />
              </Part>
            </div>
          </div>
          <Part name="The timeline">
            <Time />
          </Part>
        </main>
        <aside id="charts" className={classes.charts} aria-labelledby="charts-title" tabIndex={-1}>
          <ChartsTitle />
          <div id="charts-content" className={classes.chartsScroll}>
            <RightColumn />
          </div>
        </aside>
        <Part name="The bar of places">
          <PlaceBar />
        </Part>
      </div>
      <Part name="Data of your own">
        <DropAnywhere />
        <PicturesSheet />
        <PointsSheet />
        <SpaceSheet />
      </Part>
      <SweepSheet />
      <GameSheet />
      <Part name="Messages">
        <Notices />
      </Part>
    </MantineProvider>
  );
}
