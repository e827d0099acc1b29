import { listNotices, markAllRead, markRead, sweepNotices } from "~/features/notices/notices.server";
import { notify } from "~/features/notices/notify.server";
import { newId } from "~/platform/ids.server";
import { no, type QueryTable } from "~/testing/walk/query-shape";

export const noticeQueries: QueryTable = {
  "features/notices/notices": {
    listNotices: [(theirs) => listNotices(theirs), []],
    markRead: [(theirs, ours) => markRead(theirs, ours.noticeId), no],
    markAllRead: [(theirs) => markAllRead(theirs, newId()), { marked: 0 }],
    sweepNotices: [(theirs) => sweepNotices(theirs), undefined],
  },
  "features/notices/notify": {
    notify: [
      (theirs, ours) =>
        notify(theirs, {
          userIds: [ours.userId],
          kind: "contacts-given",
          eventKey: "walk",
          subject: { count: 1, contactId: null },
        }),
      undefined,
    ],
  },
};
