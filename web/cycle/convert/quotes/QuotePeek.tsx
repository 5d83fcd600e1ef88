import { useQuery } from "@tanstack/react-query";
import type { Rec } from "../../../records/record.ts";
import { Ask } from "../../../settings/Ask.tsx";
import { QuoteLines } from "./QuoteLines.tsx";
import { quotes } from "./told.ts";

/** A look at a quote's lines beside the table. */
export const QuotePeek = ({ record }: { record: Rec }) => {
  const asked = useQuery({ queryKey: ["quotes", record.id], queryFn: ({ signal }) => quotes.get(record.id, signal) });
  return <Ask asked={asked}>{(quote) => <QuoteLines quote={quote} />}</Ask>;
};
