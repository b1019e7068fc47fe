/** Another picture on an arm's stage than the worker's latest, which waits meanwhile: for a step that is looked at in stages. */
import type { ArmId } from "../core/arms";
import type { ArmView } from "./store";

type Picture = ArmView["stage"];

export interface ShownPicture {
  /** Shows a picture in place of an arm's latest, and of no other's; null: the latest again. */
  show(arm: ArmId, picture: Picture): void;
  /** Takes in a picture of the worker. @returns whether it waits instead of being shown */
  holds(arm: ArmId, picture: Picture): boolean;
  /** The arms began anew: what waited is of networks that are gone. */
  forget(): void;
}

/**
 * @param viewOf what is known of an arm
 * @param put shows a picture on an arm's stage
 */
export function createShownPicture(
  viewOf: (arm: ArmId) => Pick<ArmView, "stage"> | undefined,
  put: (arm: ArmId, picture: Picture) => void,
): ShownPicture {
  let waiting: { readonly arm: ArmId; picture: Picture } | null = null;
  return {
    show(arm, picture) {
      if (waiting !== null && (picture === null || waiting.arm !== arm)) {
        const former = waiting;
        waiting = null;
        put(former.arm, former.picture);
      }
      const view = viewOf(arm);
      if (picture === null || view === undefined) return;
      waiting ??= { arm, picture: view.stage };
      put(arm, picture);
    },
    holds(arm, picture) {
      if (waiting?.arm !== arm) return false;
      waiting.picture = picture;
      return true;
    },
    forget() {
      waiting = null;
    },
  };
}
