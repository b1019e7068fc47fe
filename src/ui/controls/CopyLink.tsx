/** Copies a link to the experiment: the page's address, and what that address opens written out for good. */
import { Popover } from "@mantine/core";
import { IconCheck, IconLink } from "@tabler/icons-react";
import { useState } from "react";
import { usePlayground } from "../../client/use-playground";
import { permanentHash } from "../../core/share";
import classes from "./bar.module.css";

export function CopyLink() {
  const [shown, setShown] = useState<{ readonly address: string; readonly copied: boolean } | null>(null);
  const experiment = usePlayground((state) => state.experiment);
  const copy = async () => {
    const url = new URL(window.location.href);
    url.hash = permanentHash(experiment);
    const address = url.href;
    try {
      await navigator.clipboard.writeText(address);
      setShown({ address, copied: true });
    } catch {
      setShown({ address, copied: false }); // not allowed here: then by hand
    }
  };
  return (
    <Popover opened={shown !== null} onChange={() => setShown(null)} position="bottom-end" shadow="md" width={320}>
      <Popover.Target>
        <button
          type="button"
          className={classes.icon}
          aria-label="Copy link"
          title="Copy a link to this experiment, seed included"
          onClick={() => void copy()}
        >
          {shown?.copied ? <IconCheck size={16} aria-hidden="true" /> : <IconLink size={16} aria-hidden="true" />}
        </button>
      </Popover.Target>
      <Popover.Dropdown className={classes.popover ?? ""}>
        <p role="status">
          {shown?.copied
            ? "Link copied. It opens this experiment with this seed."
            : "The browser did not allow copying. Copy the link from here:"}
        </p>
        <input
          className={classes.link}
          readOnly
          aria-label="Link to this experiment"
          value={shown?.address ?? ""}
          onFocus={(event) => event.currentTarget.select()}
        />
      </Popover.Dropdown>
    </Popover>
  );
}
