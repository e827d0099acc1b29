import {
  contactsWith,
  findSuppression,
  listSuppressions,
  valuesOfChanges,
} from "~/features/contacts/suppression/list-suppressions.server";
import { restoreSuppressions } from "~/features/contacts/suppression/restore-suppressions.server";
import { markAgain, serveSuppressed } from "~/features/contacts/suppression/serve-suppressed.server";
import {
  isSuppressed,
  notEmptyAnyMore,
  suppressedAmong,
  withSuppression,
} from "~/features/contacts/suppression/suppressed.server";
import { suppressionsCsv } from "~/features/contacts/suppression/suppression-file.server";
import { suppressionHasher } from "~/features/contacts/suppression/suppression-hash.server";
import { findRow, seenSuppressions } from "~/features/contacts/suppression/suppression-rows.server";
import {
  askToMarkAgain,
  forgetValue,
  insert,
  lift,
  liftSuppression,
  suppress,
} from "~/features/contacts/suppression/suppressions.server";
import { newId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";
import { SUPPRESSED } from "~/testing/walk/examples";
import { notFound, type QueryTable, something } from "~/testing/walk/query-shape";

const anybody = { query: "", reason: null, lifted: false };
const ofOurs = { channel: "email", value: SUPPRESSED } as const;

/** Ours as it is stored, with an id of theirs or ours. */
const rowLike = (theirs: Scope, id: string) => ({
  ...{ id, ...ofOurs, value_hash: suppressionHasher(theirs)("email", SUPPRESSED), reason: "by-hand" as const },
  ...{ note: null, source: "person", noted_at: theirs.clock.now(), noted_by: null },
  ...{ lifted_at: null, lifted_by: null, lifted_reason: null },
});

export const suppressionQueries: QueryTable = {
  "features/contacts/suppression/list-suppressions": {
    listSuppressions: [(theirs) => listSuppressions(theirs, anybody), { suppressions: [], older: null }],
    findSuppression: [(theirs, ours) => findSuppression(theirs, ours.suppressionId), null],
    valuesOfChanges: [async (theirs, ours) => [...(await valuesOfChanges(theirs, [ours.changeSetId]))], something],
    contactsWith: [
      (theirs, ours) =>
        contactsWith(
          theirs,
          {
            ...{ id: ours.suppressionId, channel: "phone", value: "+442079460182", reason: "by-hand", note: null },
            ...{ source: "person", notedAt: "", notedBy: null, lifted: null },
          },
          5,
        ),
      [],
    ],
  },
  "features/contacts/suppression/restore-suppressions": {
    restoreSuppressions: [
      async (theirs, { suppressionId: subjectId }) => {
        const entry = { subjectKind: "suppression", subjectId, before: null, after: { id: subjectId } };
        return (await restoreSuppressions(theirs, [entry])).leftAlone;
      },
      something,
    ],
  },
  "features/contacts/suppression/serve-suppressed": {
    serveSuppressed: [
      (theirs) => {
        const valueHash = suppressionHasher(theirs)("email", SUPPRESSED);
        return serveSuppressed(theirs, { channel: "email", valueHash, key: SUPPRESSED });
      },
      undefined,
    ],
    markAgain: [(theirs) => markAgain(theirs, new AbortController().signal), undefined],
  },
  "features/contacts/suppression/suppressed": {
    suppressedAmong: [(theirs) => suppressedAmong(theirs, "email", [SUPPRESSED]), new Set()],
    isSuppressed: [(theirs) => isSuppressed(theirs, "email", SUPPRESSED), false],
    withSuppression: [(theirs) => withSuppression(theirs, []), something],
    notEmptyAnyMore: [(theirs) => notEmptyAnyMore(theirs), undefined],
  },
  "features/contacts/suppression/suppression-file": {
    suppressionsCsv: [
      async (theirs) => {
        const pieces: Uint8Array[] = [];
        for await (const piece of await suppressionsCsv(theirs, anybody)) pieces.push(piece);
        return Buffer.concat(pieces).toString();
      },
      something,
    ],
  },
  "features/contacts/suppression/suppression-hash": {
    suppressionHasher: [(theirs) => typeof suppressionHasher(theirs), something],
  },
  "features/contacts/suppression/suppression-rows": {
    findRow: [(theirs, ours) => findRow(theirs, ours.suppressionId), null],
    seenSuppressions: [(theirs, ours) => seenSuppressions(theirs, [ours.suppressionId]), []],
  },
  "features/contacts/suppression/suppressions": {
    suppress: [
      async (theirs) => (await suppress(theirs, { ...ofOurs, reason: "by-hand", source: "person" })).isNew,
      something,
    ],
    liftSuppression: [
      (theirs, ours) => liftSuppression(theirs, { id: ours.suppressionId, reason: "They wrote again" }),
      notFound,
    ],
    forgetValue: [(theirs) => forgetValue(theirs, ofOurs), { forgotten: 0 }],
    askToMarkAgain: [(theirs) => askToMarkAgain(theirs), undefined],
    insert: [(theirs) => insert(theirs, rowLike(theirs, newId())), something],
    lift: [async (theirs, ours) => typeof (await lift(theirs, rowLike(theirs, ours.suppressionId), "no")), something],
  },
};
