/** Whether the lone arm's run is done; once said it stays said, until the run starts anew or another is opened. */
import { useEffect, useState } from "react";
import { firstConfig, isComparing } from "../../client/selectors";
import { usePlayground } from "../../client/use-playground";
import { ARM_IDS } from "../../core/arms";
import { NUMBERS_MS, QUALITY, useThrottled } from "../stage/live";
import { type Done, doneOf } from "./done";

export function useDone(): { readonly done: Done | null; readonly dismiss: () => void } {
  const quality = useThrottled(QUALITY[ARM_IDS[0]], NUMBERS_MS);
  const config = usePlayground(firstConfig);
  const comparing = usePlayground(isComparing);
  const [said, setSaid] = useState<Done | null>(null);
  const [dismissed, setDismissed] = useState(false);
  useEffect(() => {
    const now = doneOf(config, quality);
    setSaid((before) => {
      const same = before !== null && quality !== null && quality.step >= before.step;
      return same ? before : now;
    });
    if (quality === null || quality.step === 0) setDismissed(false);
  }, [config, quality]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a changed experiment goes on, and may come to another end
  useEffect(() => setSaid(null), [config]);
  return { done: comparing || dismissed ? null : said, dismiss: () => setDismissed(true) };
}
