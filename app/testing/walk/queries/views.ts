import { findView, listViews, toListedViews, viewRows } from "~/features/contacts/views/list-views.server";
import {
  bringBackView,
  changeView,
  deleteView,
  mayChange,
  overwriteView,
  saveView,
  sweepViews,
} from "~/features/contacts/views/saved-views.server";
import { no, notFound, type QueryTable, something } from "~/testing/walk/query-shape";

const mine = { name: "Leeds", isShared: false };

export const viewQueries: QueryTable = {
  "features/contacts/views/list-views": {
    findView: [(theirs, ours) => findView(theirs, ours.viewId), null],
    listViews: [listViews, []],
    viewRows: [
      async (theirs) =>
        toListedViews((await theirs.db.selectFrom(viewRows(theirs).as("rows")).selectAll().execute()) as never, "en"),
      [],
    ],
  },
  "features/contacts/views/saved-views": {
    mayChange: [(theirs, ours) => mayChange(theirs, { id: ours.viewId, ...mine, query: "", isMine: false }), something],
    saveView: [(theirs) => saveView(theirs, { ...mine, query: "?kind=business" }, { mayShare: true }), something],
    changeView: [(theirs, ours) => changeView(theirs, ours.viewId, { ...mine, mayShare: true }), notFound],
    overwriteView: [(theirs, ours) => overwriteView(theirs, ours.viewId, "?kind=business"), no],
    deleteView: [(theirs, ours) => deleteView(theirs, ours.viewId), no],
    bringBackView: [(theirs, ours) => bringBackView(theirs, ours.viewId), notFound],
    sweepViews: [sweepViews, undefined],
  },
};
