import { i18n } from "@lingui/core";
import { compileMessage } from "@lingui/message-utils/compileMessage";

// The source text is the id, so English needs no catalogue; others are fetched when chosen.
i18n.setMessagesCompiler(compileMessage);
i18n.loadAndActivate({ locale: "en", messages: {} });

/** Translates outside a component; inside one, use `const { _ } = useLingui()`. */
export const say = (message: string, values?: Record<string, unknown>): string => i18n._(message, values);

export { i18n };
