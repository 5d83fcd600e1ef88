import "./merge.ts";
import "./purge.ts";
import { promotionsApi } from "./api.ts";
import { offersConsumer } from "./consumer.ts";

export default {
  name: "offers",
  apis: { promotions: promotionsApi },
  permissions: {
    "promotions.read": ["admin", "manager", "agent", "viewer"],
    "promotions.create": ["admin", "manager"],
    "promotions.update": ["admin", "manager"],
    "promotions.delete": ["admin", "manager"],
  },
  consumers: [offersConsumer],
} as const;
