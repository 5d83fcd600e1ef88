import { useLayoutEffect, useState } from "react";

/** Where a cell stands on screen, while the table scrolls. */
export function usePlace(cell: string, grid: string): DOMRect | undefined {
  const [place, setPlace] = useState<DOMRect>();
  useLayoutEffect(() => {
    const measure = (): void => setPlace(document.getElementById(cell)?.getBoundingClientRect());
    measure();
    const box = document.getElementById(grid);
    box?.addEventListener("scroll", measure, { passive: true });
    window.addEventListener("resize", measure);
    return () => {
      box?.removeEventListener("scroll", measure);
      window.removeEventListener("resize", measure);
    };
  }, [cell, grid]);
  return place;
}
