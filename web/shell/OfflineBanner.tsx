import { useEffect, useState, useSyncExternalStore } from "react";
import { useLingui } from "@lingui/react";
import { useConnection } from "../kit/live.ts";

const subscribe = (told: () => void): (() => void) => {
  addEventListener("online", told);
  addEventListener("offline", told);
  return () => {
    removeEventListener("online", told);
    removeEventListener("offline", told);
  };
};

// A stream that reopens by itself within this time is not worth a word, in milliseconds.
const grace = 4000;

/** Says when the network or the server is away, and when both are back. */
export const OfflineBanner = () => {
  const { _ } = useLingui();
  const online = useSyncExternalStore(subscribe, () => navigator.onLine);
  const connection = useConnection();
  const away = !online || connection === "lost";
  const [said, setSaid] = useState<"nothing" | "away" | "again">("nothing");
  useEffect(() => {
    if (!away && said === "nothing") return;
    const clock = setTimeout(
      () => setSaid(away ? "away" : said === "away" ? "again" : "nothing"),
      away ? (online ? grace : 0) : said === "again" ? 3000 : 0,
    );
    return () => clearTimeout(clock);
  }, [away, online, said]);
  return (
    <div role="status" className="banner" data-said={said}>
      {said === "away" &&
        (online
          ? _("The server cannot be reached. What you see may be old; it is asked again and again.")
          : _("You are offline. What you see may be old."))}
      {said === "again" && _("Back again. Everything is up to date.")}
    </div>
  );
};
