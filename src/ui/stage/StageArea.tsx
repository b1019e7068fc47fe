/** The centre of the page: the live diagram and the picture of the data; two arms side by side while comparing. */
import { firstConfig } from "../../client/selectors";
import { usePlayground } from "../../client/use-playground";
import { ARM_IDS } from "../../core/arms";
import { datasetOf } from "../../core/datasets";
import { opinionOf } from "../../core/opinion";
import { useLabModule } from "../lab/lab-module";
import { QualityStrip } from "../quality/QualityStrip";
import { ArmRegion } from "./ArmRegion";
import { ArmStage } from "./ArmStage";
import { ArrowSwitch } from "./ArrowSwitch";
import { ColorScale } from "./ColorScale";
import { FlowDiagram } from "./FlowDiagram";
import { HeatModeSwitch } from "./HeatModeSwitch";
import { ImagesNote } from "./ImagesStage";
import { useArmIds } from "./live";
import { PointsLegend } from "./PointsStage";
import { RunawayNote } from "./RunawayNote";
import { StoppedNote } from "./StoppedNote";
import "./stage.css";

/** Beyond two arms there is a table of all their numbers (compare/ArmTable). */
const MOST_WITH_NUMBERS = 2;

export function StageArea() {
  const arms = useArmIds();
  const lab = useLabModule();
  return (
    <section aria-label="Training view" className="stage panel">
      {arms.length > 1 ? (
        <>
          <div className="arms" data-count={arms.length}>
            {arms.map((arm) => (
              <ArmRegion key={arm} arm={arm} numbers={arms.length <= MOST_WITH_NUMBERS} />
            ))}
          </div>
          <SharedLegend scaleBeside={false} />
        </>
      ) : (
        <>
          <FlowDiagram />
          <StoppedNote />
          <RunawayNote arm={ARM_IDS[0]} />
          <div className="stage-lone">
            <div className="stage-side">
              <QualityStrip arm={ARM_IDS[0]} />
              {lab === null ? <HeatModeSwitch /> : <lab.LayersMenu />}
            </div>
            <div className="stage-picture">
              <ArmStage arm={ARM_IDS[0]} scaleBeside />
            </div>
            <div className="stage-marks">
              <SharedLegend scaleBeside />
            </div>
          </div>
        </>
      )}
    </section>
  );
}

/** One explanation of the marks and one colour scale for all arms; a second one where another D gives another kind of number. */
function SharedLegend({ scaleBeside }: { readonly scaleBeside: boolean }) {
  const lab = useLabModule();
  const { dataset, loss } = usePlayground(firstConfig);
  const other = usePlayground(
    ({ experiment }) =>
      experiment.arms.find(({ config }) => opinionOf(config.loss) !== opinionOf(loss))?.config.loss ?? null,
  );
  const data = datasetOf(dataset);
  if (data.kind !== "points") return <ImagesNote loss={loss} />;
  const kind = data.dimension === 1 ? "line" : "plane";
  const kinds = [loss, ...(other === null ? [] : [other])];
  // In the plane only the line D = ½ depends on the kind of number, so one list holds all marks; on the line D's own do.
  const explained = kind === "line" ? kinds : [kinds.find((one) => opinionOf(one).probability) ?? loss];
  return (
    <div className="arms-legend">
      {lab === null ? <ArrowSwitch /> : !scaleBeside && <lab.LayersMenu />}
      {explained.map((one) => (
        <PointsLegend key={one} kind={kind} dataset={dataset} loss={one} scaleBeside={scaleBeside} />
      ))}
      {!scaleBeside && lab === null && <HeatModeSwitch />}
      {kind === "plane" &&
        !scaleBeside &&
        kinds.map((one) => <ColorScale key={one} probability={opinionOf(one).probability} />)}
    </div>
  );
}
