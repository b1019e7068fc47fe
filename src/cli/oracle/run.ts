/** A fixture file of either format, told apart by what it says of itself. */
import * as v from "valibot";
import type { Comparison } from "./comparison";
import { type Fixture, FixtureSchema, runFixture } from "./fixture";
import { runWholeFixture, type WholeFixture, WholeFixtureSchema } from "./whole";

const FileSchema = v.variant("format", [FixtureSchema, WholeFixtureSchema]);

/** @throws Error in a sentence that says what is wrong with the file */
export function parseFixture(text: string): Fixture | WholeFixture {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new Error(`it is not JSON (${error instanceof Error ? error.message : String(error)})`);
  }
  const result = v.safeParse(FileSchema, json);
  if (result.success) return result.output;
  const issue = result.issues[0];
  throw new Error(
    `it is not a fixture of a format we know: ${v.getDotPath(issue) ?? "the whole file"}: ${issue.message}`,
  );
}

/** Runs a fixture on the running backend and compares. @throws Error in a sentence when it does not fit */
export function runAny(fixture: Fixture | WholeFixture): Promise<Comparison> {
  return fixture.format === "whole" ? runWholeFixture(fixture) : runFixture(fixture);
}
