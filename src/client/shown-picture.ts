/** Another picture on the first arm's stage than the worker's latest, which waits meanwhile: for a step that is looked at in stages. */
import type { ArmId } from "../core/arms";
import type { ArmView } from "./store";

type Picture = ArmView["stage"];

export interface ShownPicture {
  /** Shows a picture in place of the latest; null: the latest again. */
  show(picture: Picture): void;
  /** Takes in a picture of the worker. @returns whether it waits instead of being shown */
  holds(arm: ArmId, picture: Picture): boolean;
  /** The arms began anew: what waited is of networks that are gone. */
  forget(): void;
}

/**
 * @param first what is known of the first arm
 * @param put shows a picture on an arm's stage
 */
export function createShownPicture(
  first: () => Pick<ArmView, "id" | "stage"> | undefined,
  put: (arm: ArmId, picture: Picture) => void,
): ShownPicture {
  let waiting: { readonly arm: ArmId; picture: Picture } | null = null;
  return {
    show(picture) {
      if (picture === null) {
        const former = waiting;
        waiting = null;
        if (former !== null) put(former.arm, former.picture);
        return;
      }
      const arm = first();
      if (arm === undefined) return;
      waiting ??= { arm: arm.id, picture: arm.stage };
      put(waiting.arm, picture);
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
