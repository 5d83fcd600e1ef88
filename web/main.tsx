import "./kit/styles/mantine.ts";
import "@fontsource-variable/inter/wght.css";
import "./kit/styles/signs/signs.css";
import "./kit/styles/tokens.css";
import "./kit/styles/base.css";
import { createRoot } from "react-dom/client";
import { App } from "./app/App.tsx";
import { start } from "./app/start.ts";

const place = document.getElementById("root");
if (!place) throw new Error("index.html has no #root");
createRoot(place).render(<App ready={start()} />);
