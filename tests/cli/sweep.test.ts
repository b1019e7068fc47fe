/** `npm run train -- --sweep FILE` as a person runs it: processes side by side, its table, its files, its words. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "gan-playground-sweep-"));
afterAll(() => rmSync(folder, { recursive: true }));
const path = (name: string) => join(folder, name);

function sweep(description: unknown, ...args: string[]) {
  writeFileSync(path("sweep.json"), JSON.stringify(description));
  return spawnSync(
    process.execPath,
    ["--import", "tsx", "src/cli/train.ts", "--sweep", path("sweep.json"), "--jobs", "2", ...args],
    { encoding: "utf8" },
  );
}

describe("train --sweep", () => {
  it("makes every run of the grid under every seed, the same numbers each time, and tells means and spreads", () => {
    const description = { preset: "moons", steps: 20, seeds: 2, grid: { batchSize: [8, 16] } };
    const made = sweep(description, "--csv", path("a.csv"), "--json", path("a.json"));
    expect(made.status).toBe(0);
    expect(made.stdout).toContain("4 runs of 20 steps: 2 seeds, 2 settings, 2 side by side");
    expect(made.stdout).toMatch(/batch size 16 +2 +0 +[\d.]+ ± /);
    expect(made.stderr).toContain("[4 of 4]");

    const [head = "", ...rows] = readFileSync(path("a.csv"), "utf8").trimEnd().split("\n");
    expect(head).toMatch(/^run,seed,batchSize,steps,ended,seconds,.*histogramJs/);
    expect(rows.map((row) => row.split(",").slice(0, 5).join())).toEqual([
      "1,1,8,20,done",
      "2,1,16,20,done",
      "3,2,8,20,done",
      "4,2,16,20,done",
    ]);

    const json = JSON.parse(readFileSync(path("a.json"), "utf8"));
    expect(json.cells[1].values).toEqual({ batchSize: 16 });
    expect(json.runs[3].curves.steps).toHaveLength(20);

    // What the file calls itself makes the same runs again.
    const again = sweep(json.sweep, "--csv", path("b.csv"));
    expect(again.status).toBe(0);
    const timeless = (file: string) => readFileSync(path(file), "utf8").replace(/(done),[\d.]+/g, "$1");
    expect(timeless("b.csv")).toBe(timeless("a.csv"));
  });

  it("tells of runs that diverge, and goes on with the others", () => {
    const made = sweep({
      preset: "moons",
      steps: 40,
      config: { model: { loss: "wasserstein" } },
      grid: { "players.*.optimizer.type": ["sgd"] },
    });
    expect(made.status).toBe(2);
    expect(made.stderr).toMatch(/no setting “players.\*.optimizer.type”/);

    const sgd = { type: "sgd", learningRate: 0.001 };
    const config = {
      model: { loss: "wasserstein" },
      players: { generator: { optimizer: sgd }, discriminator: { optimizer: sgd } },
    };
    const some = sweep({ preset: "moons", steps: 40, config, grid: { "players.*.optimizer.learningRate": [1, 0] } });
    expect(some.status).toBe(1);
    expect(some.stderr).toMatch(/run 1, seed 1, learning rate of D and G 1: At step \d+, .*(number|bounds)\./);
    expect(some.stdout).toMatch(/learning rate of D and G 1 +1 +1 /);
    expect(some.stdout).toMatch(/learning rate of D and G 0 +1 +0 /);
  });
});
