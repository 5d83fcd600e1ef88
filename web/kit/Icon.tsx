import { icons, type IconName } from "./icons.ts";

/** An icon beside a word; hidden from screen readers because the word says it. Size in px. */
export const Icon = ({ name, size = 16 }: { name: IconName; size?: number }) => {
  const Drawing = icons[name];
  return <Drawing size={size} stroke={1.75} aria-hidden focusable={false} />;
};
