import { lazy, Suspense, useState, type ReactNode } from "react";
import { NestedProvider, type Nested } from "./nested.ts";

const NestedForm = lazy(() => import("./NestedForm.tsx"));

/**
 * A form out of whose fields others can be opened; told whether one is, so that Esc and the focus are the inner one's.
 * Stands around the form, not in it: what is sent in the inner one would be sent in the outer one, too.
 */
export const Nesting = ({ children }: { children: ReactNode | ((open: boolean) => ReactNode) }) => {
  const [nested, setNested] = useState<Nested>();
  return (
    <NestedProvider value={setNested}>
      {typeof children === "function" ? children(nested !== undefined) : children}
      <Suspense fallback={null}>
        {nested && <NestedForm nested={nested} onClose={() => setNested(undefined)} />}
      </Suspense>
    </NestedProvider>
  );
};
