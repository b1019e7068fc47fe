/** Configurations that are refused before anything of them is built: what they contradict, what does not fit. */
import { memoryRefusal } from "../core/architecture/memory";
import { checkArchitecture } from "../core/architecture/shapes";
import type { ExperimentConfig } from "../core/config";
import { findConflicts } from "../core/conflicts";
import type { RealSource } from "./data";

/** A configuration that cannot be built or run; `problems` says why, a sentence each. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join(" "));
    this.problems = problems;
  }
}

/** @throws ConfigError when the networks do not fit the data or memory, or values exclude each other */
export function refuseConflicts(config: ExperimentConfig, data: RealSource): void {
  const refused = findConflicts(config).filter(({ level }) => level === "refused");
  const tooLarge = memoryRefusal([{ config, shape: data.shape }]);
  const problems = [
    ...refused.map(({ text }) => text),
    ...checkArchitecture(config, data.shape, data.labels?.count),
    ...(tooLarge === null ? [] : [tooLarge]),
  ];
  if (problems.length > 0) throw new ConfigError(problems);
}
