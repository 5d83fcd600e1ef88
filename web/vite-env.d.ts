declare module "*.css";

// Deep imports keep the build to the icons we use; the package types only its barrel of 6,000.
declare module "@tabler/icons-react/dist/esm/icons/*.mjs" {
  import type { Icon } from "@tabler/icons-react";
  const icon: Icon;
  export default icon;
}
