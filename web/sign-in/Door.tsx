import { useEffect, type ReactNode } from "react";
import { Mark } from "./Mark.tsx";
import "./door.css";

/** The frame of every screen before the shell: the mark, a title, a sentence, a form. */
export const Door = ({
  title,
  lead,
  wide = false,
  children,
}: {
  title: string;
  lead?: string;
  wide?: boolean;
  children: ReactNode;
}) => {
  useEffect(() => {
    document.title = `${title} · Rondo`;
  }, [title]);
  return (
    <main className="door" id="main">
      <div className={wide ? "door-box wide" : "door-box"}>
        <div className="door-mark">
          <Mark size={28} /> Rondo
        </div>
        <h1>{title}</h1>
        {lead && <p className="door-lead">{lead}</p>}
        {children}
      </div>
    </main>
  );
};
