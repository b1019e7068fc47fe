/** The centre of the page: the live diagram and the picture of the data; two arms side by side while comparing. */
import { firstConfig } from "../../client/selectors";
import { usePlayground } from "../../client/use-playground";
import { ARM_IDS } from "../../core/arms";
import { datasetOf } from "../../core/datasets";
import { opinionOf } from "../../core/opinion";
import { ArmRegion } from "./ArmRegion";
import { ArmStage } from "./ArmStage";
import { ArrowSwitch } from "./ArrowSwitch";
import { ColorScale } from "./ColorScale";
import { FlowDiagram } from "./FlowDiagram";
import { useArmIds } from "./live";
import { PointsLegend } from "./PointsStage";
import { RunawayNote } from "./RunawayNote";
import { StoppedNote } from "./StoppedNote";
import "./stage.css";

/** Beyond two arms there is a table of all their numbers (compare/ArmTable). */
const MOST_WITH_NUMBERS = 2;

export function StageArea() {
  const arms = useArmIds();
  return (
    <section aria-label="Training view" className="stage panel">
      {arms.length > 1 ? (
        <>
          <div className="arms" data-count={arms.length}>
            {arms.map((arm) => (
              <ArmRegion key={arm} arm={arm} numbers={arms.length <= MOST_WITH_NUMBERS} />
            ))}
          </div>
          <SharedLegend />
        </>
      ) : (
        <>
          <FlowDiagram />
          <StoppedNote />
          <RunawayNote arm={ARM_IDS[0]} />
          <ArmStage arm={ARM_IDS[0]} legend />
        </>
      )}
    </section>
  );
}

/** One explanation of the marks and one colour scale for all arms; a second one where another D gives another kind of number. */
function SharedLegend() {
  const { dataset, loss } = usePlayground(firstConfig);
  const other = usePlayground(
    ({ experiment }) =>
      experiment.arms.find(({ config }) => opinionOf(config.loss) !== opinionOf(loss))?.config.loss ?? null,
  );
  const data = datasetOf(dataset);
  if (data.kind !== "points") return null;
  const kind = data.dimension === 1 ? "line" : "plane";
  return (
    <div className="arms-legend">
      <ArrowSwitch />
      {[loss, ...(other === null ? [] : [other])].map((one) => (
        <div key={one} className="arms-scale">
          <PointsLegend kind={kind} dataset={dataset} loss={one} scaleBeside={false} />
          {kind === "plane" && <ColorScale probability={opinionOf(one).probability} />}
        </div>
      ))}
    </div>
  );
}
