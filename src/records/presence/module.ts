import { presenceApi } from "./api.ts";

/** Who looks at which record now. */
export default { name: "presence", apis: { presence: presenceApi } };
