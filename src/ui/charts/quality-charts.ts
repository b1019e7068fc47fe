/** The charts of how good a generator is, by the data's measures. What is measured: core/quality. No drawing. */
import type { DatasetId } from "../../core/datasets";
import { formatNumber } from "../../core/format";
import { MEASURES, type MeasureId, measuresFor, type Standards } from "../../core/quality/measures";
import { MEASURE_TERMS } from "../quality/measure-terms";
import type { Role } from "../theme/colors";
import type { ChartInfo, ChartSeries } from "./catalogue";

/** Measures that are shares of 1, and the colour of what each is a share of. */
const SHARES: Readonly<Partial<Record<MeasureId, Role>>> = {
  modes20: "real",
  coverage: "real",
  highQuality: "fake",
  precision: "fake",
  classesFound: "real",
  confidence: "fake",
  featureCoverage: "generator",
};

/** Measures that count clusters or classes. */
const COUNTS: readonly MeasureId[] = ["modes20", "classesFound"];

const UNITS: Readonly<Partial<Record<MeasureId, string>>> = {
  histogramJs: "in bits",
  pairwiseDistanceRatio: "ratio",
  sharpnessRatio: "ratio",
  frechet: "100 is the mean alone",
};

/** Heads that are shorter than the measure's name, where three stand beside each other. */
const HEADS: Readonly<Partial<Record<MeasureId, string>>> = { frechet: "Fréchet" };

const percent = (value: number) => `${Math.round(100 * value)} %`;

/** @param standards what real data would read; null before it was measured */
export function qualityCharts(dataset: DatasetId, standards: Standards | null): readonly ChartInfo[] {
  const ids = measuresFor(dataset);
  const shares = ids.filter((id) => SHARES[id] !== undefined);
  const others = ids.filter((id) => SHARES[id] === undefined);
  const charts = others.map((id) => alone(id, standards));
  return shares.length > 0 ? [shared(shares, standards), ...charts] : charts;
}

function shared(ids: readonly MeasureId[], standards: Standards | null): ChartInfo {
  const clusters = standards?.clusters || 1;
  return {
    id: "quality",
    title: "Quality",
    term: "noiseFloor",
    unit: "share",
    definition: `${ids.map((id) => `${MEASURES[id].name}: ${MEASURES[id].definition}`).join(" ")} Measured now and then, between steps.`,
    scale: "linear",
    domain: [0, 1],
    series: ids.map(
      (id): ChartSeries => ({
        key: id,
        of: "measures",
        label: MEASURES[id].name,
        term: MEASURE_TERMS[id],
        role: SHARES[id] ?? "generator",
        value: (read) => (COUNTS.includes(id) ? read(id) / clusters : read(id)),
      }),
    ),
    references: [],
    format: percent,
    width: 5, // "100 %"
  };
}

function alone(id: MeasureId, standards: Standards | null): ChartInfo {
  const { name, definition } = MEASURES[id];
  const floor = standards?.floor[id];
  return {
    id,
    title: HEADS[id] ?? name,
    term: MEASURE_TERMS[id],
    ...(id === "histogramJs" ? { unitTerm: "bits" } : {}),
    unit: UNITS[id] ?? "in data units",
    definition: `${definition} The dotted line is what two samples of real data read. Measured now and then, between steps.`,
    scale: "linear",
    domain: null,
    series: [
      { key: id, of: "measures", label: name, term: MEASURE_TERMS[id], role: "generator", value: (read) => read(id) },
    ],
    references: floor === undefined ? [] : [{ value: floor, label: "real" }],
    format: (value) => formatNumber(value),
  };
}
