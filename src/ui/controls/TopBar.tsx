/** The bar at the top: the name, what runs, how far, how fast, on what. Each part is a file of its own. */
import { useRef } from "react";
import { FrameTools } from "../frame/FrameTools";
import { useStickyBar } from "../frame/use-sticky-bar";
import { LabButton } from "../lab/LabButton";
import { GlossarySheet } from "../learn/GlossarySheet";
import { TakeAwaySheet } from "../take-away/TakeAwaySheet";
import classes from "./bar.module.css";
import { CopyLink } from "./CopyLink";
import { DeviceChip } from "./DeviceChip";
import { Logo } from "./Logo";
import { PresetPicker } from "./PresetPicker";
import { RunButtons } from "./RunButtons";
import { RunNumbers } from "./RunNumbers";
import { SchemeToggle } from "./SchemeToggle";
import { SpeedPicker } from "./SpeedPicker";
import { PhoneRedo } from "./UndoButtons";

export function TopBar() {
  const bar = useRef<HTMLElement>(null);
  useStickyBar(bar);
  return (
    <header ref={bar} className={classes.bar}>
      <h1 className={classes.name}>
        <Logo />
        <span>GAN Playground</span>
      </h1>
      <div className={classes.main}>
        <RunButtons />
        <RunNumbers />
      </div>
      <div className={classes.settings}>
        <PresetPicker />
        <SpeedPicker />
        <DeviceChip />
        <PhoneRedo />
      </div>
      <div className={classes.tools}>
        <LabButton />
        <GlossarySheet />
        <FrameTools />
        <CopyLink />
        <TakeAwaySheet />
        <SchemeToggle />
      </div>
    </header>
  );
}
