import { fileClaims } from "~/composition.server";
import { deleteFile, findFile, readFile, readWhole, storeFile } from "~/platform/files.server";
import { sweepUnclaimedFiles, sweepUnfinishedFiles } from "~/platform/sweep-files.server";
import { later, DAY_MS } from "~/platform/time";
import { csv } from "~/testing/walk/examples";
import { something, throws, type QueryTable } from "~/testing/walk/query-shape";

async function all(pieces: AsyncIterable<unknown>): Promise<unknown[]> {
  const found = [];
  for await (const piece of pieces) found.push(piece);
  return found;
}

async function* bytes() {
  yield Buffer.from(csv);
}

export const fileQueries: QueryTable = {
  "platform/files": {
    storeFile: [
      (theirs) => storeFile(theirs, bytes(), { name: "a.csv", mediaType: "text/csv", maxBytes: 10_000 }),
      something,
    ],
    findFile: [(theirs, ours) => findFile(theirs, ours.fileId), null],
    readFile: [(theirs, ours) => all(readFile(theirs, ours.fileId)), throws],
    readWhole: [(theirs, ours) => readWhole(theirs, ours.fileId), null],
    deleteFile: [(theirs, ours) => deleteFile(theirs, ours.fileId), undefined],
  },
  "platform/sweep-files": {
    sweepUnclaimedFiles: [
      (theirs) => sweepUnclaimedFiles(theirs, fileClaims, later(theirs.clock.now(), DAY_MS)),
      something,
    ],
    sweepUnfinishedFiles: [(theirs) => sweepUnfinishedFiles(theirs, later(theirs.clock.now(), DAY_MS)), 0],
  },
};
