/** Remembers how fast devices were, so that another visit need not measure. A short list in the browser's settings; no measuring. */
import * as v from "valibot";
import { type BackendMeasurement, BackendMeasurementSchema } from "../../core/device";
import type { PageAccess } from "../page";

const KEY = "measurements";
/** Experiments; the oldest are forgotten first. */
const MOST = 40;

const ListSchema = v.array(BackendMeasurementSchema);

export interface MeasurementMemory {
  list(): readonly BackendMeasurement[];
  /** Puts one in the place of an older one of the same experiment; figures of another machine are forgotten. */
  add(measurement: BackendMeasurement): void;
}

export function createMeasurementMemory(page: Pick<PageAccess, "read" | "write">): MeasurementMemory {
  const list = () => {
    try {
      const parsed = v.safeParse(ListSchema, JSON.parse(page.read(KEY) ?? "[]"));
      return parsed.success ? parsed.output : [];
    } catch {
      return []; // not JSON: measured anew
    }
  };
  return {
    list,
    add(measurement) {
      const { experiment, machine } = measurement;
      const others = list().filter((one) => one.machine === machine && one.experiment !== experiment);
      page.write(KEY, JSON.stringify([...others, measurement].slice(-MOST)));
    },
  };
}
