import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { FilesApi } from "#records";
import { client, offers } from "../../../kit/client.ts";
import type { Here } from "../../../kit/here.ts";

export interface KeptFile {
  id: string;
  name: string;
  type: string;
  bytes: number;
  by_name: string;
  created_at: string;
}

/** The endpoints of files. */
export const files = () => client<FilesApi>("files");

/** Gives up a file that was sent for a record which is not saved with it; one that is a record's stays. What fails here is swept anyway. */
export const giveUp = (id: unknown): void => {
  if (typeof id === "string" && offers("files.giveUp"))
    void files()
      .giveUp({ id })
      .catch(() => undefined);
};

/** The files of the record. */
export const useFiles = ({ object, record_id }: Pick<Here, "object" | "record_id">) =>
  useQuery({
    queryKey: ["files", record_id],
    queryFn: async () => (await files().list({ object, record_id })) as unknown as { items: KeptFile[] },
    enabled: offers("files.list"),
  });

/** Asks for the record's files again. */
export const useFilesAgain = ({ record_id }: Pick<Here, "record_id">) => {
  const cache = useQueryClient();
  return () => Promise.all(["files", "beside"].map((key) => cache.invalidateQueries({ queryKey: [key, record_id] })));
};

/** Where the bytes of a file are: to show in place, or to keep. */
export const contentOf = (id: string, inline: boolean): string => `/api/v1/files/${id}/content${inline ? "?inline=1" : ""}`; // prettier-ignore

/** Whether it can be looked at here. */
export const isPicture = ({ type }: Pick<KeptFile, "type">): boolean => /^image\/(?:png|jpeg|gif|webp)$/.test(type);
export const isPaper = ({ type }: Pick<KeptFile, "type">): boolean => type === "application/pdf";
