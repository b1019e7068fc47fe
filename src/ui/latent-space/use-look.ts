/** How samples of the arm that is looked at are drawn: its data, the colours, and for points real ones behind them. */
import { useEffect, useMemo, useState } from "react";
import { datasetOf } from "../../core/datasets";
import { useRoleColors } from "../theme/use-role-colors";
import { askStudy } from "./ask-study";
import type { Look } from "./draw-samples";
import { useSpaceArm, useSpaceConfig } from "./space-store";

const BACKDROP = 400;

export function useLook(): Look {
  const arm = useSpaceArm();
  const { dataset: id } = useSpaceConfig();
  const colors = useRoleColors();
  const [real, setReal] = useState<{ readonly id: string; readonly points: Float32Array } | null>(null);
  const dataset = datasetOf(id);
  const points = dataset.kind === "points";
  useEffect(() => {
    if (!points) return;
    const wanted = new AbortController();
    askStudy(arm, "reals", { split: "train", from: 0, count: BACKDROP }, wanted.signal).then(
      ({ samples }) => samples instanceof Float32Array && setReal({ id, points: samples }),
      () => {}, // drawn without
    );
    return () => wanted.abort();
  }, [arm, id, points]);
  return useMemo(
    () => ({ dataset, colors, backdrop: real?.id === id ? real.points : null }),
    [dataset, colors, real, id],
  );
}
