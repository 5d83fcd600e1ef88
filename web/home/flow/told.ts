import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { Flow as Told } from "#customers";
import { request } from "../../kit/client.ts";
import { say } from "../../kit/i18n.ts";
import { stageWord, stageWords, type StageWord } from "../../customers/stages.tsx";
import type { Sent } from "../../customers/told.ts";
import { askOf } from "../cycle.ts";
import type { HomeSearch } from "../period.ts";

export type Flow = Sent<Told>;
export type FlowWay = Flow["flows"][number];

/** Where everybody stood and stands, for what the address asks; the old one stays on screen while another is on its way. */
export const useFlow = (search: HomeSearch) =>
  useQuery({
    queryKey: ["cycle", "flow", search],
    queryFn: ({ signal }) => {
      const { lens: _lens, ...asked } = askOf(search, new Date());
      return request<Flow>("GET /flow", asked, signal);
    },
    placeholderData: keepPreviousData,
  });

/** A post's word and colour; "unknown" is who was not known yet when the period began. */
export const postWord = (stage: string): StageWord =>
  stage === "unknown" ? { value: stage, label: say("Not known yet"), tone: "neutral" } : { ...stageWord(stage), label: say(stageWord(stage).label) }; // prettier-ignore

/** The posts from top to bottom: not known yet, then the stages in their order. */
export const postOrder = (): string[] => ["unknown", ...stageWords().map((word) => word.value)];
