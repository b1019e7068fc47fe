/** The centre of the page: the live diagram and the picture of the data; two arms side by side while comparing. */
import { usePlayground } from "../../client/use-playground";
import { ArmRegion } from "./ArmRegion";
import { ArmStage } from "./ArmStage";
import { FlowDiagram } from "./FlowDiagram";
import { StoppedNote } from "./StoppedNote";
import "./stage.css";

export function StageArea() {
  const comparing = usePlayground((state) => state.arms.length > 1);
  return (
    <section aria-label="Training view" className="stage panel">
      {comparing ? (
        <div className="arms">
          <ArmRegion arm="A" />
          <ArmRegion arm="B" />
        </div>
      ) : (
        <>
          <FlowDiagram />
          <StoppedNote />
          <ArmStage arm="A" />
        </>
      )}
    </section>
  );
}
