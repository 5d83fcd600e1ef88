import { useQueryClient } from "@tanstack/react-query";

/** Asks for everything about orders again after something was done to one. */
export const useAgain = () => {
  const cache = useQueryClient();
  return () =>
    Promise.all(
      ["orders", "payments", "returns", "order_lines", "shipments", "invoices"].map((key) =>
        cache.invalidateQueries({ queryKey: [key] }),
      ),
    );
};
