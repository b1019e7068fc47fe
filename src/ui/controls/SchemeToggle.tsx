/** Light, dark, or as the system has it. */
import { useMantineColorScheme } from "@mantine/core";
import { IconDeviceDesktop, IconMoon, IconSun } from "@tabler/icons-react";
import classes from "./bar.module.css";

const SCHEMES = {
  auto: { next: "light", label: "Colours: as the system", Icon: IconDeviceDesktop },
  light: { next: "dark", label: "Colours: light", Icon: IconSun },
  dark: { next: "auto", label: "Colours: dark", Icon: IconMoon },
} as const;

export function SchemeToggle() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const { next, label, Icon } = SCHEMES[colorScheme];
  return (
    <button
      type="button"
      className={classes.icon}
      aria-label={label}
      title={`${label}. Press for ${next === "auto" ? "the system's" : next}.`}
      onClick={() => setColorScheme(next)}
    >
      <Icon size={16} aria-hidden="true" />
    </button>
  );
}
