/** One arm's picture, whatever its data are, or what is awaited; and what is to be said over it. */

import type { ReactNode } from "react";
import { useShallow } from "zustand/react/shallow";
import { firstConfig } from "../../client/selectors";
import type { PlaygroundState } from "../../client/store";
import { usePlayground } from "../../client/use-playground";
import type { ArmId } from "../../core/arms";
import { lossOf } from "../../core/config";
import { ImagesStage } from "./ImagesStage";
import { ARM } from "./live";
import { Placeholder } from "./Placeholder";
import { PointsStage } from "./PointsStage";

/** What the layout depends on, and nothing that changes with every frame. */
function shape(state: PlaygroundState, arm: ArmId) {
  const view = ARM[arm](state);
  const frame = view?.stage?.frame;
  const images = frame?.kind === "images" ? frame : null;
  return {
    kind: frame?.kind ?? null,
    dataset: view?.config.dataset ?? firstConfig(state).dataset,
    loss: lossOf(view?.config ?? firstConfig(state)),
    height: images?.height ?? 1,
    width: images?.width ?? 1,
    fakes: images === null ? 0 : images.fakes.length / (4 * images.height * images.width),
    reals: images === null ? 0 : images.reals.length / (4 * images.height * images.width),
    classes: images?.asked?.count ?? 0,
    judged: (images?.fakeLogits.length ?? 0) > 0,
    remade: images?.remade !== undefined,
  };
}

interface Props {
  readonly arm: ArmId;
  /** Whether the picture has its own colour scale beside it; arms share one. */
  readonly scaleBeside: boolean;
  /** What stands over the picture. */
  readonly children: ReactNode;
}

export function ArmStage({ arm, scaleBeside, children }: Props) {
  const { kind, dataset, ...rest } = usePlayground(useShallow((state: PlaygroundState) => shape(state, arm)));
  if (kind === null) return <Placeholder />;
  if (kind === "images")
    return (
      <ImagesStage arm={arm} {...rest}>
        {children}
      </ImagesStage>
    );
  return (
    <PointsStage
      arm={arm}
      kind={kind}
      dataset={dataset}
      loss={rest.loss}
      scaleBeside={scaleBeside && rest.loss !== null}
    >
      {children}
    </PointsStage>
  );
}
