/** Who plays: two sentences that a newcomer reads first. Folds away, and stays away. */
import { IconChevronRight } from "@tabler/icons-react";
import { useId, useState } from "react";
import { browserPage } from "../../client/page";
import { Term } from "./Term";
import "./learn.css";

const page = browserPage();
const KEY = "intro";

export function Intro() {
  const [open, setOpen] = useState(page.read(KEY) !== "folded");
  const body = useId();
  const toggle = () => {
    page.write(KEY, open ? "folded" : "open");
    setOpen(!open);
  };
  return (
    <p className="intro">
      <button type="button" className="intro-fold" aria-expanded={open} aria-controls={body} onClick={toggle}>
        <IconChevronRight size={14} data-open={open} aria-hidden="true" />
        Who are G and D?
      </button>{" "}
      <span id={body} hidden={!open}>
        The <Term id="generator">generator</Term> <b className="role-generator">G</b> makes{" "}
        <span className="role-fake">fakes</span> from random numbers <i>z</i> and never sees the data. The{" "}
        <Term id="discriminator">discriminator</Term> <b className="role-discriminator">D</b> is shown fakes and{" "}
        <span className="role-real">real samples</span> and says which is which. Each learns by beating the other.
      </span>
    </p>
  );
}
