/** The centre of the page: the live diagram and the picture of the data; two arms side by side while comparing. */

import { useMemo } from "react";
import { usePlayground } from "../../client/use-playground";
import { ARM_IDS, type ArmConfig } from "../../core/arms";
import { lossOf } from "../../core/config";
import { type DatasetId, datasetOf } from "../../core/datasets";
import type { LossId } from "../../core/losses";
import { opinionOf } from "../../core/opinion";
import { measuresFor } from "../../core/quality/measures";
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
import { RunawayNote, RunawayWays } from "./RunawayNote";
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
          <RunawayWays />
          <SharedLegend scaleBeside={false} />
        </>
      ) : (
        <>
          <FlowDiagram />
          <div className="stage-lone">
            <div className="stage-side">
              <QualityStrip arm={ARM_IDS[0]} />
              {lab === null ? <HeatModeSwitch /> : <lab.StageTools />}
            </div>
            <div className="stage-picture">
              <ArmStage arm={ARM_IDS[0]} scaleBeside>
                <div className="stage-notes">
                  <StoppedNote />
                  <RunawayNote arm={ARM_IDS[0]} ways />
                </div>
              </ArmStage>
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

/** One explanation of the marks and one colour scale for all arms; a second one where another arm's data or D need another. */
function SharedLegend({ scaleBeside }: { readonly scaleBeside: boolean }) {
  const lab = useLabModule();
  const arms = usePlayground((state) => state.experiment.arms);
  const { pictures, scales, images } = useMemo(() => legendsOf(arms), [arms]);
  const note = images === null ? null : <ImagesNote config={images} />;
  if (pictures.length === 0) return note;
  return (
    <div className="arms-legend">
      {lab === null ? <ArrowSwitch /> : !scaleBeside && <lab.StageTools />}
      {pictures.map(({ kind, ...picture }) => (
        <PointsLegend key={`${kind} ${picture.loss}`} kind={kind} {...picture} scaleBeside={scaleBeside} />
      ))}
      {!scaleBeside && lab === null && <HeatModeSwitch />}
      {!scaleBeside && scales.map((loss) => <ColorScale key={loss} probability={opinionOf(loss).probability} />)}
      {note}
    </div>
  );
}

interface Picture {
  readonly kind: "line" | "plane" | "images";
  readonly dataset: DatasetId;
  readonly loss: LossId | null;
}

function pictureOf({ config }: ArmConfig): Picture {
  const { dataset } = config;
  const loss = lossOf(config);
  const data = datasetOf(dataset);
  return { dataset, loss, kind: data.kind === "images" ? "images" : data.dimension === 1 ? "line" : "plane" };
}

/** What is to be explained of some arms' pictures: each kind of points once, the scales of D in the plane, whether images. */
function legendsOf(arms: readonly ArmConfig[]) {
  const all = arms.map(pictureOf);
  const lines = distinct(all.filter(isPoints).filter(({ kind }) => kind === "line"));
  const planes = distinct(all.filter(isPoints).filter(({ kind }) => kind === "plane"));
  // In the plane only the line D = ½ depends on the kind of number, and one more mark on the data: one list holds all marks.
  const clustered = all.find(({ dataset }) => measuresFor(dataset).includes("modes20"));
  const played = planes.filter(({ loss }) => loss !== null);
  const [plane = null] = played.toSorted(
    (a, b) => Number(opinionOf(b.loss).probability) - Number(opinionOf(a.loss).probability),
  );
  const coded = planes.filter(({ loss }) => loss === null);
  const inPlane = [...(plane === null ? [] : [plane]), ...coded].map((picture, i) => ({
    ...picture,
    dataset: clustered?.dataset ?? picture.dataset,
    besides: i > 0,
  }));
  return {
    pictures: [...lines.map((line, i) => ({ ...line, besides: i > 0 })), ...inPlane],
    scales: played.map(({ loss }) => loss),
    images: arms.find(({ config }) => datasetOf(config.dataset).kind === "images")?.config ?? null,
  };
}

type PointsPicture = Picture & { readonly kind: "line" | "plane" };
const isPoints = (picture: Picture): picture is PointsPicture => picture.kind !== "images";

/** The first of each kind of number that D gives. */
const distinct = (pictures: readonly PointsPicture[]): readonly PointsPicture[] =>
  pictures.filter(({ loss }, i) => pictures.findIndex((other) => numberOf(other.loss) === numberOf(loss)) === i);

const numberOf = (loss: LossId | null) => (loss === null ? null : opinionOf(loss));
