import { expect, test } from "vitest";
import { browserWords } from "./browser.ts";

test("browsers are called what people call them, not what they pretend to be", () => {
  const chrome =
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/153.0.0.0 Safari/537.36";
  expect(browserWords(chrome)).toBe("Chrome on Linux");
  expect(browserWords(`${chrome} Edg/153.0`)).toBe("Edge on Linux");
  expect(browserWords("Mozilla/5.0 (iPhone; CPU iPhone OS 20_0 like Mac OS X) Version/20.0 Safari/604.1")).toBe(
    "Safari on iOS",
  );
  expect(browserWords("curl/7.88.1")).toBe("curl");
  expect(browserWords(null)).toBe("Another program");
});
