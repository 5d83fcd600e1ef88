import { useLingui } from "@lingui/react";
import { may } from "../../../kit/boot.ts";
import { Board as Cards } from "../../../kit/board/Board.tsx";
import { AskDialog } from "./AskDialog.tsx";
import { dealFaces } from "./faces.tsx";
import type { Board } from "./told.ts";
import { useMoves } from "./useMoves.ts";
import "./board.css";

/** The board: deals by stage; what a stage needs is asked at the drop. */
export const BoardView = ({ board, queryKey }: { board: Board; queryKey: readonly unknown[] }) => {
  const { _ } = useLingui();
  const { move, asking, setAsking, said } = useMoves(queryKey);
  return (
    <>
      <Cards
        label={_("Deals by stage")}
        columns={board.columns}
        faces={dealFaces}
        movable={may("opportunities.update")}
        onMove={(card, stage) => void move(card, stage)}
        words={{ next: _("Move the card to the next stage"), before: _("Move the card to the stage before") }}
        said={said}
        busy={asking !== undefined}
      />
      {asking && (
        <AskDialog
          name={asking.card.name}
          stage={asking.to.name}
          currency={asking.card.currency}
          fields={asking.fields}
          onSay={(given) => move(asking.card.id, asking.to.id, given)}
          onClose={() => setAsking(undefined)}
        />
      )}
    </>
  );
};
