/** The centre of the page: the live diagram and the picture of the data; two arms side by side while comparing. */
import { usePlayground } from "../../client/use-playground";
import { datasetOf } from "../../core/datasets";
import { opinionOf } from "../../core/opinion";
import { ArmRegion } from "./ArmRegion";
import { ArmStage } from "./ArmStage";
import { FlowDiagram } from "./FlowDiagram";
import { PointsLegend } from "./PointsStage";
import { StoppedNote } from "./StoppedNote";
import "./stage.css";

export function StageArea() {
  const comparing = usePlayground((state) => state.arms.length > 1);
  return (
    <section aria-label="Training view" className="stage panel">
      {comparing ? (
        <>
          <div className="arms">
            <ArmRegion arm="A" />
            <ArmRegion arm="B" />
          </div>
          <SharedLegend />
        </>
      ) : (
        <>
          <FlowDiagram />
          <StoppedNote />
          <ArmStage arm="A" legend />
        </>
      )}
    </section>
  );
}

/** One explanation of the marks for both arms; a second one where B's D gives another kind of number. */
function SharedLegend() {
  const dataset = usePlayground((state) => state.config.dataset);
  const a = usePlayground((state) => state.config.loss);
  const b = usePlayground((state) => state.comparison?.loss ?? state.config.loss);
  const data = datasetOf(dataset);
  if (data.kind !== "points") return null;
  const kind = data.dimension === 1 ? "line" : "plane";
  return (
    <>
      <PointsLegend kind={kind} dataset={dataset} loss={a} />
      {opinionOf(a) !== opinionOf(b) && <PointsLegend kind={kind} dataset={dataset} loss={b} />}
    </>
  );
}
