/** A fixture file of any format, told apart by what it says of itself. */
import * as v from "valibot";
import { isTree } from "../../core/tree";
import type { Comparison } from "./comparison";
import { type Fixture, FixtureSchema, runFixture } from "./fixture";
import { type ModelFixture, ModelFixtureSchema, runModelFixture } from "./models";
import { runWholeFixture, type WholeFixture, WholeFixtureSchema } from "./whole";

const FileSchema = v.variant("format", [FixtureSchema, WholeFixtureSchema]);

export type AnyFixture = Fixture | ModelFixture | WholeFixture;

/** @throws Error in a sentence that says what is wrong with the file */
export function parseFixture(text: string): AnyFixture {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new Error(`it is not JSON (${error instanceof Error ? error.message : String(error)})`);
  }
  const named = isTree(json) && json.format === 1 && isTree(json.model);
  const result = named ? v.safeParse(ModelFixtureSchema, json) : v.safeParse(FileSchema, json);
  if (result.success) return result.output;
  const issue = result.issues[0];
  throw new Error(
    `it is not a fixture of a format we know: ${v.getDotPath(issue) ?? "the whole file"}: ${issue.message}`,
  );
}

/** Runs a fixture on the running backend and compares. @throws Error in a sentence when it does not fit */
export function runAny(fixture: AnyFixture): Promise<Comparison> {
  if ("model" in fixture) return runModelFixture(fixture);
  return fixture.format === "whole" ? runWholeFixture(fixture) : runFixture(fixture);
}
