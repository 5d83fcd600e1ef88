import type { ReactNode } from "react";
import { Button } from "@mantine/core";
import { useLingui } from "@lingui/react";
import type { UseQueryResult } from "@tanstack/react-query";
import { sentenceOf } from "../kit/problem.ts";

/** What a question to the server came to: its answer, or why there is none and one way to ask again. */
export const Ask = <T,>({ asked, children }: { asked: UseQueryResult<T>; children: (answer: T) => ReactNode }) => {
  const { _ } = useLingui();
  if (asked.data !== undefined) return children(asked.data);
  if (!asked.isError)
    return (
      <p className="unseen" role="status">
        {_("On its way")}
      </p>
    );
  return (
    <div className="empty" role="alert">
      <p>{sentenceOf(asked.error)}</p>
      <Button variant="default" onClick={() => void asked.refetch()}>
        {_("Try again")}
      </Button>
    </div>
  );
};
