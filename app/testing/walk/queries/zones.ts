import { listSources } from "~/features/connectors/zones/list-sources.server";
import { namesOfRaw } from "~/features/connectors/zones/raw-names.server";
import { countZones } from "~/features/contacts/zones/count-zones.server";
import { findRecord, listMadeFrom } from "~/features/contacts/zones/find-record.server";
import { findCalled, listCanonical } from "~/features/contacts/zones/list-canonical.server";
import { countRaw } from "~/features/pipeline/zones/count-raw.server";
import { findRaw, listVersions } from "~/features/pipeline/zones/find-raw.server";
import { listRaw } from "~/features/pipeline/zones/list-raw.server";
import { openRecords, readOpen } from "~/features/pipeline/zones/open-records.server";
import { countRefusedOfFiles } from "~/features/pipeline/zones/refused-of-files.server";
import { type QueryTable } from "~/testing/walk/query-shape";

const none = { count: 0, capped: false };
const filters = { connectorId: null, stream: null, runId: null, remoteId: null };

export const zoneQueries: QueryTable = {
  "features/connectors/zones/list-sources": {
    listSources: [(theirs) => listSources(theirs), []],
  },
  "features/connectors/zones/raw-names": {
    namesOfRaw: [(theirs, ours) => namesOfRaw(theirs, [ours.storedRawId], new Map()), new Map()],
  },
  "features/contacts/zones/count-zones": {
    countZones: [
      (theirs) => countZones(theirs, []),
      {
        canonical: { byHand: none, files: none, connectors: new Map(), others: none },
        serving: none,
      },
    ],
  },
  "features/contacts/zones/find-record": {
    findRecord: [(theirs, ours) => findRecord(theirs, ours.recordId), null],
    listMadeFrom: [(theirs, ours) => listMadeFrom(theirs, ours.storedRawId), []],
  },
  "features/contacts/zones/list-canonical": {
    listCanonical: [
      (theirs, ours) => listCanonical(theirs, { runId: null, contactId: ours.contactId }, null),
      { rows: [], after: null },
    ],
    findCalled: [(theirs) => findCalled(theirs, "quillfeather"), { ids: [], isMore: false }],
  },
  "features/pipeline/zones/find-raw": {
    findRaw: [(theirs, ours) => findRaw(theirs, ours.rawId), null],
    listVersions: [(theirs, ours) => listVersions(theirs, ours.sync.rows.worker.id), []],
  },
  "features/pipeline/zones/list-raw": {
    listRaw: [
      (theirs, { sync }) => {
        const known = { connectorIds: [sync.connectorId], streams: ["people", "companies"] };
        return listRaw(theirs, { ...filters, connectorId: sync.connectorId }, { after: null, known });
      },
      { rows: [], after: null },
    ],
  },
  "features/pipeline/zones/count-raw": {
    countRaw: [
      (theirs) => countRaw(theirs, []),
      {
        ...{ files: none, filesAt: null, connectors: new Map(), others: none },
        ...{ open: new Map(), openCapped: false, beside: {} },
      },
    ],
  },
  "features/pipeline/zones/open-records": {
    openRecords: [
      async (theirs) => {
        const along = theirs.db.selectNoFrom(() => [openRecords(theirs).as("open")]);
        return readOpen((await along.executeTakeFirstOrThrow()).open);
      },
      { open: new Map(), openCapped: false },
    ],
  },
  "features/pipeline/zones/refused-of-files": {
    countRefusedOfFiles: [(theirs) => countRefusedOfFiles(theirs), 0],
  },
};
