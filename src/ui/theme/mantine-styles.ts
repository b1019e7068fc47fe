/** The style sheets of the Mantine components that the page uses, and of no others; in the order that Mantine asks for. */
import "@mantine/core/styles/default-css-variables.css";
import "@mantine/core/styles/baseline.css";
import "@mantine/core/styles/global.css";
import "@mantine/core/styles/UnstyledButton.css";
import "@mantine/core/styles/Popover.css";
import "@mantine/core/styles/Input.css";
import "@mantine/core/styles/InlineInput.css";
import "@mantine/core/styles/Combobox.css";
import "@mantine/core/styles/Slider.css";
import "@mantine/core/styles/Switch.css";
import "@mantine/core/styles/Tooltip.css";
