import { workspace } from "../../../kit/boot.ts";

export { count, money } from "../../../kit/format.ts";

/** The currency that sums over deals are told in. */
export const workspaceCurrency = (): string => workspace().currency;
