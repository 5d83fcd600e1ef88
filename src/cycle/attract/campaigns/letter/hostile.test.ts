import { expect, test } from "vitest";
import { toldLinks } from "#attract/channels";
import { compile } from "./compile.ts";
import { lint } from "./lint.ts";
import { textOf } from "./text.ts";

// The longest mail there may be, made of one thing over and over; with work that grows with its square each took 10 to 50 s.
const full = (piece: string): string => piece.repeat(Math.floor(200_000 / piece.length));

test.each(["<meta ", "{{a|", " ona=", "<head ", "<!--", '<a href="x">', '<div style="display:none>', "<a", "{{ contact.city }}"])(
  "a mail of nothing but %j is read, told as text and searched for links without keeping the server busy",
  { timeout: 3_000 },
  (piece) => {
    const source = full(piece);
    lint(source);
    textOf(source);
    expect(toldLinks({ outside: { url: "https://crm.northwind.example" } as never }, source).every((url) => url === "x")).toBe(true);
  },
); // prettier-ignore

test("a mail of thousands of sections is refused before it is compiled", { timeout: 3_000 }, async () => {
  const body = `<mjml><mj-body>${full("<mj-section><mj-column><mj-text>x</mj-text></mj-column></mj-section>")}</mj-body></mjml>`;
  const { html, problems } = await compile({ subject: "Jars", preheader: "", body });
  expect(html).toBeNull();
  expect(problems).toContainEqual(expect.objectContaining({ message: expect.stringContaining("2000 is the most") }));
});
