/** How a command ends: with a sentence where it failed, and by itself where a graphics driver would keep the process alive. */
import { UsageError } from "./arguments";

/**
 * Runs a command to its end and ends the process: 0 when all is well, 1 where it failed, 2 where it was asked wrongly.
 * @param main resolves to false where what it looked at does not hold
 */
export async function runMain(main: () => Promise<unknown>): Promise<never> {
  try {
    process.exit((await main()) === false ? 1 : 0);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(error instanceof UsageError ? 2 : 1);
  }
}
