/** The view of latent space: the present sample, and beside it what one can do with latents, a tab each. Loaded when it is opened. */
import { useEffect } from "react";
import { usePlayground } from "../../client/use-playground";
import { TabList, tabId } from "../frame/TabList";
import { DirectionsTab } from "./directions/DirectionsTab";
import { ExploreTab } from "./explore/ExploreTab";
import { FindTab } from "./find/FindTab";
import { GameTab } from "./GameTab";
import { watchLatent } from "./latent-undo";
import { MemorisedTab } from "./MemorisedTab";
import { Now } from "./Now";
import { SPACE_TABS, type SpaceTab, useSpace } from "./space-store";
import { useLook } from "./use-look";
import "../frame/sheet-form.css";
import "./latent-space.css";
import type { Look } from "./draw-samples";

const PANELS: Readonly<Record<SpaceTab, (props: { readonly look: Look }) => React.ReactNode>> = {
  directions: DirectionsTab,
  explore: ExploreTab,
  find: FindTab,
  memorised: MemorisedTab,
  game: GameTab,
};

const PANEL = "space-panel";

export default function LatentSpace() {
  const tab = useSpace((state) => state.tab);
  const untrained = usePlayground((state) => state.step === 0);
  const look = useLook();
  useEffect(watchLatent, []);
  const Panel = PANELS[tab];
  return (
    <div className="sheet-form space">
      <Now look={look} />
      <div className="space-side">
        <TabList
          prefix="space"
          label="What to do in latent space"
          tabs={SPACE_TABS}
          shown={tab}
          onShow={(next) => useSpace.setState({ tab: next })}
          panel={PANEL}
        />
        {untrained && (
          <p className="space-note">
            G has learnt nothing yet: what you see is what its first, random weights make of z.
          </p>
        )}
        <div id={PANEL} role="tabpanel" aria-labelledby={tabId("space", tab)}>
          <Panel look={look} />
        </div>
      </div>
    </div>
  );
}
