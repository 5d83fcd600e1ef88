import { Suspense, use, useState } from "react";
import { DirectionProvider, MantineProvider } from "@mantine/core";
import { I18nProvider } from "@lingui/react";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { theme } from "../kit/theme.ts";
import { i18n } from "../kit/i18n.ts";
import { isProblem } from "../kit/problem.ts";
import { whenSignedOut } from "../kit/client.ts";
import { loadBoot } from "../kit/boot.ts";
import { Direction } from "../kit/direction.ts";
import { Notes } from "../kit/Notes.tsx";
import { Catch } from "../shell/Broken.tsx";
import { router } from "./router.ts";

// A refusal will not change by asking again; a lost connection may, so it is tried twice more.
const cache = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      retry: (tries, thrown) => tries < 2 && !(isProblem(thrown) && thrown.status >= 400 && thrown.status < 500),
    },
  },
});

whenSignedOut(() => {
  const to = router.state.location.href;
  void loadBoot().then(() => {
    cache.clear();
    void router.navigate({ to: "/sign-in", search: { to } });
  });
});

const nonce = (): string => document.querySelector('meta[name="csp-nonce"]')?.getAttribute("content") ?? "";

const Screens = ({ ready }: { ready: Promise<void> }) => {
  use(ready);
  return <RouterProvider router={router} />;
};

/** The whole program in the browser; draws once `ready` has told who is here. */
export const App = ({ ready }: { ready: Promise<void> }) => {
  const [started] = useState(ready);
  return (
    <I18nProvider i18n={i18n}>
      <DirectionProvider>
        <Direction />
        <MantineProvider theme={theme} defaultColorScheme="auto" getStyleNonce={nonce}>
          <QueryClientProvider client={cache}>
            <Catch>
              <Suspense fallback={null}>
                <Screens ready={started} />
              </Suspense>
            </Catch>
            <Notes />
          </QueryClientProvider>
        </MantineProvider>
      </DirectionProvider>
    </I18nProvider>
  );
};
