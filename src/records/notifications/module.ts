import { onJobEnded } from "#platform/jobs";
import { notificationsApi } from "./api.ts";
import { notificationsConsumer } from "./consumer.ts";
import { digestsAt, sendDigests } from "./digest.ts";
import { notifyOfJob } from "./of-jobs.ts";
import { sweepNotifications, sweepNotificationsAt } from "./sweep.ts";

onJobEnded(notifyOfJob);

/** What each of us should know, in the browser and by mail. */
export default {
  name: "notifications",
  apis: { notifications: notificationsApi },
  consumers: [notificationsConsumer],
  timers: [
    { name: "notifications by mail", run: sendDigests, nextAt: digestsAt },
    { name: "old notifications", run: sweepNotifications, nextAt: sweepNotificationsAt },
  ],
};
