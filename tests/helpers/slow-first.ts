/** In which order files of unit tests begin, so that none that takes long is left alone at the end while other cores are idle. */
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Files of ten seconds and more, the longest first. One that is missing here only begins later. */
const SLOW = [
  "engine/plan.webgpu",
  "engine/replay.webgpu",
  "cli/claims",
  "core/diagnosis/doctor",
  "engine/presets",
  "cli/bench",
  "engine/threads",
  "engine/oracle.webgpu",
  "client/undo",
  "cli/train",
  "core/memory",
  "engine/webgpu-kernels",
  "engine/studies",
  "worker/session",
  "engine/layers.webgpu",
  "engine/memory",
];

function place({ moduleId }: TestSpecification): number {
  const found = SLOW.findIndex((name) => moduleId.endsWith(`/tests/${name}.test.ts`));
  return found === -1 ? SLOW.length : found;
}

export class SlowFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const others = await super.sort(files); // by what they took the last time, or by their size
    return others.sort((a, b) => place(a) - place(b));
  }
}
