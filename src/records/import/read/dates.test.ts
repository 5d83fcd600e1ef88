import fc from "fast-check";
import { DateTime } from "luxon";
import { expect, test } from "vitest";
import { watchDates } from "./conflicts.ts";
import { type DateFormat, dateFormats, hasClock } from "./date-formats.ts";
import { formatsOf, parseDate } from "./dates.ts";
import { parseBoolean } from "./booleans.ts";

/** The same writing in luxon's words, as an independent second opinion. */
const luxonWords = (format: DateFormat): string =>
  format
    .replace("yyyymmdd", "yyyyMMdd")
    .replace(" h:m am", " hh:mm:ss a")
    .replace(" h:m zone", " HH:mm:ssZZ")
    .replace(/ h:m$/, " HH:mm")
    .replace(/\bmon\b/, "LLL")
    .replace(/\byy?\b/, (years) => (years === "yy" ? "yy" : "yyyy"))
    .replace(/(?<=^|[-/.])m(?=[-/.])/, "MM")
    .replace(/(?<=^|[-/. ])d(?=[-/., ]|$)/, "dd");

test("every format reads back what it wrote, in any zone", () => {
  const seconds = fc.integer({
    min: Date.UTC(1970, 0, 2) / 1_000,
    max: Date.UTC(2060, 0, 1) / 1_000,
  });
  fc.assert(
    fc.property(
      seconds,
      fc.constantFrom(...dateFormats),
      fc.constantFrom("UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Auckland"),
      (second, format, zone) => {
        fc.pre(!format.startsWith("unix") || second > 100_000_000);
        const at = DateTime.fromSeconds(second, { zone });
        const text =
          format === "unix s"
            ? String(second)
            : format === "unix ms"
              ? String(second * 1_000)
              : at.toFormat(luxonWords(format), { locale: "en-US" });
        const unit = !hasClock(format) ? "day" : format.endsWith(" h:m") ? "minute" : "second";
        const read = parseDate(text, format, zone);
        // An hour that occurs twice cannot say which one it is.
        const expected = at.startOf(unit);
        const twins = expected.getPossibleOffsets().map((one) => one.toMillis());
        expect(twins, `${text} as ${format}`).toContain("value" in read ? read.value.getTime() : undefined);
      },
    ),
    { numRuns: 3_000 },
  );
});

test.each<[text: string, format: DateFormat, zone: string, iso: string]>([
  ["2011-01-13", "y-m-d", "Europe/Berlin", "2011-01-12T23:00:00.000Z"],
  ["2011-07-13T08:26:30.123", "y-m-d h:m", "Europe/Berlin", "2011-07-13T06:26:30.123Z"],
  ["2011-01-13T08:26:00+02:00", "y-m-d h:m zone", "Europe/Berlin", "2011-01-13T06:26:00.000Z"],
  ["2011-01-13 08:26 -0530", "y-m-d h:m zone", "UTC", "2011-01-13T13:56:00.000Z"],
  ["1/13/2011 12:05 am", "m/d/y h:m am", "UTC", "2011-01-13T00:05:00.000Z"],
  ["1/13/2011 12:05 PM", "m/d/y h:m am", "UTC", "2011-01-13T12:05:00.000Z"],
  ["13-Jan-2011", "d mon y", "UTC", "2011-01-13T00:00:00.000Z"],
  ["13.01.99", "d.m.yy", "UTC", "1999-01-13T00:00:00.000Z"],
  ["29/02/2012", "d/m/y", "UTC", "2012-02-29T00:00:00.000Z"],
  ["2011-03-27 02:30", "y-m-d h:m", "Europe/Berlin", "2011-03-27T01:30:00.000Z"],
  ["2011-10-30 02:30", "y-m-d h:m", "Europe/Berlin", "2011-10-30T00:30:00.000Z"],
])("%s written as %s in %s is %s", (text, format, zone, iso) => {
  expect(parseDate(text, format, zone)).toEqual({ value: new Date(iso) });
});

test.each<[text: string, format: DateFormat]>([
  ["29/02/2011", "d/m/y"],
  ["31/04/2011", "d/m/y"],
  ["00/01/2011", "d/m/y"],
  ["2011-13-01", "y-m-d"],
  ["0001-01-01", "y-m-d"],
  ["9999-12-31", "y-m-d"],
  ["2011-01-13 24:00", "y-m-d h:m"],
  ["2011-01-13 13:00 pm", "y-m-d h:m am"],
  ["2011-01-13 08:26 +19:00", "y-m-d h:m zone"],
  ["13 Foo 2011", "d mon y"],
  ["2011-01-13; drop", "y-m-d"],
  ["", "y-m-d"],
  ["9".repeat(100_000), "unix ms"],
])("%s is no date as %s", (text, format) => {
  expect(parseDate(text, format, "UTC")).toHaveProperty("problem");
});

test("an unknown zone is a mistake of the program", () => {
  expect(() => parseDate("2011-01-13", "y-m-d", "Mars/Base")).toThrow(RangeError);
});

test("a day beyond 12 leaves one reading, a day below leaves two", () => {
  expect(formatsOf("13/01/2011")).toEqual(["d/m/y"]);
  expect(formatsOf("02/01/2011")).toEqual(["d/m/y", "m/d/y"]);
});

test("dates in two formats: the problem names row, column and the other format, the end warns of the rest", () => {
  const watch = watchDates("InvoiceDate", "m/d/y", "UTC");
  expect(watch.read(2, "01/25/2011")).toHaveProperty("value");
  expect(watch.read(3, "02/03/2011")).toHaveProperty("value");
  expect(watch.read(17, "13/01/2011")).toEqual({
    problem: {
      row: 17,
      column: "InvoiceDate",
      value: "13/01/2011",
      code: "other-date-format",
      message: "row 17, column InvoiceDate: '13/01/2011' is not a date written as m/d/y; it looks like d/m/y",
    },
  });
  expect(watch.conflicts()).toMatchObject({
    fits: 2,
    misfits: 1,
    uncertain: 1,
    others: [{ format: "d/m/y", count: 1 }],
  });
  expect(watch.conflicts().warning).toContain(
    "1 of 3 values are written as d/m/y, not m/d/y; 1 others can be read both ways",
  );
});

test("a wrong date alone raises no warning of a second format", () => {
  const watch = watchDates("when", "d/m/y", "UTC");
  watch.read(2, "02/03/2011");
  expect(watch.read(3, "soon")).toMatchObject({
    problem: {
      code: "not-a-date",
      message: "row 3, column when: 'soon' is not a date written as d/m/y",
    },
  });
  expect(watch.conflicts().warning).toBeNull();
});

test("yes and no in the words people use", () => {
  expect(["Yes", " TRUE ", "ja", "1", "x"].map(parseBoolean)).toEqual(Array(5).fill({ value: true }));
  expect(["No", "false", "nein", "0"].map(parseBoolean)).toEqual(Array(4).fill({ value: false }));
  expect(parseBoolean("maybe")).toEqual({
    problem: { code: "not-a-boolean", message: "'maybe' is neither yes nor no" },
  });
});
