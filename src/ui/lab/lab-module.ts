/** Whether the lab is open, and its code once that is here: nothing of it is loaded before somebody opens the lab. */
import { create } from "zustand";
import { browserPage } from "../../client/page";
import { playground } from "../../client/use-playground";
import { LAYER_IDS } from "../../core/stage-layers";

export type LabModule = typeof import("./lab");

/** What the right column can show. */
export const LAB_TABS = [
  { id: "charts", name: "Charts" },
  { id: "metrics", name: "Metrics" },
  { id: "health", name: "Health" },
  { id: "inside", name: "Inside" },
  { id: "doctor", name: "Doctor" },
] as const;
export type LabTab = (typeof LAB_TABS)[number]["id"];

interface LabState {
  readonly open: boolean;
  readonly tab: LabTab;
  /** Null until the lab was opened and its code came. */
  readonly module: LabModule | null;
  /** Its code did not come. */
  readonly failed: boolean;
}

const page = browserPage();
const KEY = "lab";

const useStore = create<LabState>(() => ({ open: false, tab: "charts", module: null, failed: false }));

export const useLab = useStore;

/** The lab's code while the lab is open; null before it came, and while the lab is closed. */
export function useLabModule(): LabModule | null {
  return useStore(({ open, module }) => (open ? module : null));
}

/** Opens the lab or closes it; remembered. Closed, the page is as on the first visit: the lab's layers go with it. */
export function setLabOpen(open: boolean): void {
  useStore.setState({ open, tab: "charts", failed: false });
  page.write(KEY, open ? "open" : "closed");
  if (open) void load();
  else {
    stop?.();
    stop = null;
    const { setLayer, setWindow } = playground().actions;
    for (const id of LAYER_IDS) if (id !== "pulls") setLayer(id, false);
    setWindow(null);
  }
}

/** What the lab does while it is open; how to stop it. */
let stop: (() => void) | null = null;

function start(): void {
  const { open, module } = useStore.getState();
  if (!open || module === null || stop !== null) return;
  const stops = [module.startDoctor(), module.watchGoal(), module.closeSlow];
  stop = () => {
    for (const one of stops) one();
  };
}

export const showTab = (tab: LabTab): void => useStore.setState({ tab });

/** Opens the lab where it was open when the page was left. */
export function reopenLab(): void {
  if (page.read(KEY) === "open") setLabOpen(true);
}

async function load(): Promise<void> {
  if (useStore.getState().module !== null) {
    start();
    return;
  }
  try {
    const module = await import("./lab");
    useStore.setState({ module });
    start();
  } catch {
    useStore.setState({ failed: true });
  }
}
