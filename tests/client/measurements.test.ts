/** What devices were timed at is remembered on this machine, and only as far as it holds. */
import { describe, expect, it } from "vitest";
import { createMeasurementMemory } from "../../src/client/persistence/measurements";
import { LocalPage } from "./local-worker";

const of = (experiment: string, wasm: number, machine = "this one") => ({ experiment, machine, msPerStep: { wasm } });

describe("the memory of measurements", () => {
  it("keeps the newest of each experiment", () => {
    const memory = createMeasurementMemory(new LocalPage());
    for (const measurement of [of("a", 1), of("b", 2), of("a", 3)]) memory.add(measurement);
    expect(memory.list()).toEqual([of("b", 2), of("a", 3)]);
  });

  it("forgets everything when the machine's adapters change", () => {
    const memory = createMeasurementMemory(new LocalPage());
    memory.add(of("a", 1));
    memory.add(of("b", 2, "with a new graphics card"));
    expect(memory.list()).toEqual([of("b", 2, "with a new graphics card")]);
  });

  it("keeps forty at most", () => {
    const memory = createMeasurementMemory(new LocalPage());
    for (let i = 0; i < 50; i++) memory.add(of(`experiment ${i}`, i));
    expect(memory.list().map(({ msPerStep }) => msPerStep.wasm)).toEqual(Array.from({ length: 40 }, (_, i) => i + 10));
  });

  it.each(["not JSON", '{"a":1}', '[{"experiment":"a","machine":"b","msPerStep":{"wasm":-1}}]'])(
    "reads %s as nothing",
    (text) => {
      const page = new LocalPage();
      page.write("measurements", text);
      expect(createMeasurementMemory(page).list()).toEqual([]);
    },
  );
});
