import { useQuery } from "@tanstack/react-query";
import type { CommentsApi } from "#records";
import { client, offers } from "../../kit/client.ts";
import type { Here } from "../../kit/here.ts";
import { Presence } from "./Presence.tsx";
import { Star } from "./Star.tsx";
import { ShareButton } from "./ShareButton.tsx";
import { PartButton } from "./PartButton.tsx";
import { useCatching } from "./files/useCatching.ts";
import "./beside.css";

const useBeside = ({ object, record_id }: Here) =>
  useQuery({
    queryKey: ["beside", record_id],
    queryFn: () => client<CommentsApi>("comments").beside({ object, record_id }),
    enabled: offers("comments.beside"),
  });

/** In the bar of every record's page: what lies beside the record, and how much of it. */
const BesideBar = ({ here }: { here: Here }) => {
  const { data } = useBeside(here);
  useCatching(here);
  return (
    <div className="beside-bar" role="group">
      <Presence key={here.record_id} here={here} />
      {offers("favourites.star") && <Star here={here} />}
      {offers("comments.list") && (
        <PartButton here={here} part="comments" icon="comment" keys="shift+k" n={data?.comments ?? 0} />
      )}
      {offers("files.list") && <PartButton here={here} part="files" icon="clip" keys="shift+f" n={data?.files ?? 0} />}
      {offers("tags.of") && <PartButton here={here} part="tags" icon="theme" keys="shift+t" n={data?.tags ?? 0} />}
      <PartButton here={here} part="history" icon="undo" keys="shift+h" n={0} />
      <ShareButton here={here} />
    </div>
  );
};
export default BesideBar;
