import type { ReactNode } from "react";
import { Tooltip } from "@mantine/core";

export interface Figure {
  said: string;
  about: string;
  definition: string;
  /** Where the figure leads to, as a link around what is said. */
  link?: (said: ReactNode) => ReactNode;
}

/** A figure with what it is below and its definition one hover or focus away. */
export const FigureBox = ({ said, about, definition, link }: Figure) => {
  const words = <span className="worth-said number">{said}</span>;
  return (
    <Tooltip label={definition} multiline maw={300}>
      <div className="worth-figure" tabIndex={link ? undefined : 0} aria-label={`${said} ${about}. ${definition}`} role="group">
        {link ? link(words) : words}
        <span className="quiet small">{about}</span>
      </div>
    </Tooltip>
  );
}; // prettier-ignore
