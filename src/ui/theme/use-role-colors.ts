/** The roles' colours of the scheme that is shown now, for canvases and charts. */
import { useComputedColorScheme } from "@mantine/core";
import { type RoleColors, roleColors } from "./colors";

/** Colours to draw with; changes (and rerenders) when the person or the system switches between light and dark. */
export function useRoleColors(): RoleColors {
  return roleColors(useComputedColorScheme("light", { getInitialValueInEffect: false }));
}
