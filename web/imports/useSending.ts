import { useEffect, useRef, useState } from "react";
import { useNavigate } from "@tanstack/react-router";
import { useQueryClient } from "@tanstack/react-query";
import { isProblem, sentenceOf } from "../kit/problem.ts";
import { upload, type Sending } from "./upload.ts";

export interface UseSending {
  file: File | undefined;
  /** Share sent, 0..1; 1 while the server looks into the file. */
  share: number;
  failed: string;
  send: (file: File, object: string) => Promise<void>;
  cancel: () => void;
}

// The files sent since this page was loaded, by their import: so that one can be read again as something else.
const sent = new Map<string, File>();

/** The file of an import, while this page is open. */
export const fileOf = (id: string): File | undefined => sent.get(id);

/** Sends one file at a time and then leads to its columns. */
export function useSending(): UseSending {
  const navigate = useNavigate();
  const cache = useQueryClient();
  const [file, setFile] = useState<File>();
  const [share, setShare] = useState(0);
  const [failed, setFailed] = useState("");
  const under = useRef<Sending>(undefined);
  useEffect(() => () => under.current?.cancel(), []);
  const send = async (chosen: File, object: string): Promise<void> => {
    under.current?.cancel();
    setFile(chosen);
    setShare(0);
    setFailed("");
    const sending = upload(chosen, object, setShare);
    under.current = sending;
    try {
      const { id, ...look } = await sending.answer;
      under.current = undefined;
      sent.set(id, chosen);
      cache.setQueryData(["imports", id, "look", "{}"], look);
      void cache.invalidateQueries({ queryKey: ["imports", "list"] });
      await navigate({ to: "/import/$id", params: { id } });
    } catch (thrown) {
      if (under.current === sending) setFile(undefined);
      if (!(isProblem(thrown) && thrown.code === "cancelled")) setFailed(sentenceOf(thrown));
    }
  };
  return { file, share, failed, send, cancel: () => under.current?.cancel() };
}
