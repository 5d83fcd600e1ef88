import { useEffect } from "react";
import { useDirection } from "@mantine/core";
import { useBoot } from "./boot.ts";

// Scripts that are written from right to left (ISO 15924).
const rightToLeft = new Set(["Arab", "Hebr", "Syrc", "Thaa", "Nkoo", "Adlm", "Rohg"]);

/** Which way a locale is written; left to right for one that is none. */
export function directionOf(locale: string): "ltr" | "rtl" {
  try {
    return rightToLeft.has(new Intl.Locale(locale).maximize().script ?? "") ? "rtl" : "ltr";
  } catch {
    return "ltr";
  }
}

/** Lays the whole document out the way the company's locale is written, also after it was changed in the settings. */
export const Direction = (): null => {
  const locale = useBoot().workspace?.locale ?? "en";
  const { setDirection } = useDirection();
  useEffect(() => setDirection(directionOf(locale)), [locale, setDirection]);
  return null;
};
