import { createTheme, type MantineColorsTuple } from "@mantine/core";

// Shade 6 is the accent: 4.5:1 and more under white text, which Mantine's own indigo does not reach.
const brand: MantineColorsTuple = [
  "#eef2ff",
  "#e0e7ff",
  "#c7d2fe",
  "#a5b4fc",
  "#818cf8",
  "#6366f1",
  "#4f46e5",
  "#4338ca",
  "#3730a3",
  "#312e81",
];
// The same of what deletes: Mantine's own red has 3.3:1.
const red: MantineColorsTuple = [
  "#fef2f2",
  "#fee2e2",
  "#fecaca",
  "#fca5a5",
  "#f87171",
  "#ef4444",
  "#dc2626",
  "#b91c1c",
  "#991b1b",
  "#7f1d1d",
];
// Mantine draws its dark surfaces from this row; these are the tokens' own dark values.
const dark: MantineColorsTuple = [
  "#f4f4f5",
  "#b4b4bd",
  "#9a9aa5",
  "#71717a",
  "#3f3f46",
  "#2a2a2f",
  "#18181b",
  "#121214",
  "#0e0e10",
  "#0a0a0b",
];

const control = {
  "--input-height": "var(--control)",
  "--input-fz": "13px",
  "--input-size": "var(--control)",
};

/** The kit's look on Mantine: 13-px Inter, 28-px controls, hairlines, one accent. */
export const theme = createTheme({
  colors: { brand, red, dark },
  primaryColor: "brand",
  primaryShade: { light: 6, dark: 6 },
  fontFamily: "var(--font)",
  fontFamilyMonospace: "ui-monospace, SFMono-Regular, Menlo, monospace",
  headings: { fontFamily: "var(--font)", fontWeight: "600" },
  defaultRadius: 6,
  cursorType: "pointer",
  respectReducedMotion: true,
  components: {
    Button: {
      defaultProps: { size: "xs" },
      vars: () => ({
        root: {
          "--button-height": "var(--control)",
          "--button-fz": "13px",
          "--button-padding-x": "10px",
        },
      }),
    },
    ActionIcon: {
      defaultProps: { variant: "subtle", color: "gray" },
      vars: () => ({ root: { "--ai-size": "var(--control)" } }),
    },
    Input: { vars: () => ({ wrapper: control, input: {} }) },
    InputWrapper: {
      vars: () => ({
        label: { "--input-label-size": "12px" },
        error: { "--input-error-size": "12px" },
        description: { "--input-description-size": "12px" },
      }),
    },
    Checkbox: { defaultProps: { size: "xs" } },
    // The shell scrolls inside itself; locking the body would restyle the whole document at every opening and closing (27 ms each).
    Modal: {
      defaultProps: {
        lockScroll: false,
        overlayProps: { backgroundOpacity: 0.35 },
        transitionProps: { duration: 100 },
        radius: 8,
      },
    },
    Drawer: {
      defaultProps: {
        lockScroll: false,
        overlayProps: { backgroundOpacity: 0.25 },
        transitionProps: { duration: 120 },
      },
    },
    Menu: { defaultProps: { shadow: "md", transitionProps: { duration: 80 } } },
    Popover: { defaultProps: { shadow: "md", transitionProps: { duration: 80 } } },
    Tooltip: {
      defaultProps: {
        openDelay: 350,
        transitionProps: { duration: 80 },
        events: { hover: true, focus: true, touch: false },
      },
    },
    Select: { defaultProps: { comboboxProps: { shadow: "md", transitionProps: { duration: 0 } } } },
  },
});
