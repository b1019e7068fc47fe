/** The sheet of shortcuts: every key with what it does, and the switch for those who want none on single letters. */
import { Switch } from "@mantine/core";
import { firstConfig } from "../../client/selectors";
import { usePlayground } from "../../client/use-playground";
import { modelOf } from "../../core/models";
import classes from "./frame.module.css";
import { setSingleKeys, useFrame } from "./frame-store";
import { shortcutsFor } from "./shortcuts";

const ELSEWHERE = [
  ["Ctrl Z", "Undo; Ctrl Shift Z does it again (⌘ on a Mac)"],
  ["← ↑ → ↓", "On a slider or the latent pad: move it; with Shift or Page Up and Page Down in larger steps"],
  ["?", "This sheet"],
  ["Esc", "Close what is open; leave full screen"],
] as const;

export default function ShortcutList() {
  const model = usePlayground((state) => modelOf(firstConfig(state)));
  const singleKeys = useFrame((state) => state.singleKeys);
  return (
    <>
      <dl className={classes.keys}>
        {[...shortcutsFor(model).map(({ cap, words }) => [cap, words] as const), ...ELSEWHERE].map(([cap, words]) => (
          <div key={cap}>
            <dt>
              <kbd>{cap}</kbd>
            </dt>
            <dd>{words}</dd>
          </div>
        ))}
      </dl>
      <Switch
        label="Single letters and digits act"
        checked={singleKeys}
        onChange={(event) => setSingleKeys(event.currentTarget.checked)}
      />
    </>
  );
}
