import { expect, test } from "vitest";
import { commonDates, readAs, tellingExample } from "./dates.ts";

test("a day and a month that may be exchanged are told apart in words", () => {
  expect(readAs("03/04/2026", "d/m/y")).toBe("3 April 2026");
  expect(readAs("03/04/2026", "m/d/y")).toBe("4 March 2026");
  expect(readAs("12/1/2010 8:26", "m/d/y h:m")).toBe("1 December 2010, 8:26");
  expect(readAs("1/12/10", "d/m/yy")).toBe("1 December 2010");
});

test("other ways of writing a date are read, too", () => {
  expect(readAs("19970101", "yyyymmdd")).toBe("1 January 1997");
  expect(readAs("2026-04-03T10:00:00Z", "y-m-d h:m zone")).toBe("3 April 2026, 10:00");
  expect(readAs("Apr 3, 2026", "mon d, y")).toBe("3 April 2026");
  expect(readAs("3-April-2026", "d mon y")).toBe("3 April 2026");
  expect(readAs("0", "unix s")).toBe("1 January 1970");
});

test("what a format does not fit has no reading", () => {
  expect(readAs("31/04/2026", "d/m/y")).toBeUndefined();
  expect(readAs("13/14/2026", "m/d/y")).toBeUndefined();
  expect(readAs("soon", "d/m/y")).toBeUndefined();
});

test("the example shown is one that the ways of reading disagree about", () => {
  expect(tellingExample(["04/04/2026", "03/04/2026"], ["d/m/y", "m/d/y"])).toBe("03/04/2026");
  expect(tellingExample([], ["d/m/y"])).toBe("");
});

test("every common format reads a date written in it", () => {
  const written: Record<string, string> = { "y-m-d": "2026-04-03", "d.m.y": "3.4.2026", "d-m-y": "03-04-2026" };
  for (const [format, text] of Object.entries(written)) {
    expect(commonDates).toContain(format);
    expect(readAs(text, format)).toBe("3 April 2026");
  }
});
