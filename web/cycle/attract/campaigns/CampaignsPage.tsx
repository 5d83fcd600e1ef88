import { useState } from "react";
import { Button } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { Link } from "@tanstack/react-router";
import { may, objectOf } from "../../../kit/boot.ts";
import { Icon } from "../../../kit/Icon.tsx";
import { useKeys } from "../../../kit/keys.ts";
import { Page } from "../../../kit/Page.tsx";
import { RecordTable } from "../../../records/RecordTable.tsx";
import { NewCampaign } from "./NewCampaign.tsx";
import { useCampaignsLive } from "./told.ts";
import "../../convert/convert.css";

/** The table of campaigns, with the way to a new one and to the trash. */
export const CampaignsPage = () => {
  const { _ } = useLingui();
  const object = objectOf("campaigns");
  const [fresh, setFresh] = useState(false);
  const [total, setTotal] = useState("");
  const mayAdd = may("campaigns.create");
  const mayTrash = may("campaigns.delete");
  useCampaignsLive();
  useKeys(mayAdd ? [{ keys: "c", label: _("New campaign"), group: _("This list"), run: () => setFresh(true) }] : []);
  if (!object) return null;
  const add = mayAdd && (
    <Button leftSection={<Icon name="plus" size={14} />} onClick={() => setFresh(true)}>
      {_("New campaign")}
    </Button>
  );
  const trash = mayTrash && (
    <Link className="to-trash quiet" to="/campaigns/trash" aria-label={_("The trash")} title={_("The trash")}>
      <Icon name="trash" />
    </Link>
  );
  return (
    <Page title={_(object.label_plural)} note={<span className="number">{total}</span>} actions={add}>
      <RecordTable
        object={object}
        onTotal={setTotal}
        mayTrash={mayTrash}
        more={trash}
        empty={{
          words: _(
            "A campaign is one mail to the people of a segment who agreed to news. What came of it, down to paid orders, stands here.",
          ),
          action: add,
        }}
      />
      {fresh && <NewCampaign onClose={() => setFresh(false)} />}
    </Page>
  );
};
