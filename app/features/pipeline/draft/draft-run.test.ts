import { describe, expect, test } from "vitest";
import { contactSubject } from "~/features/contacts/subject/contact-subject.server";
import { uploadFile } from "~/features/pipeline/draft/draft-run.server";
import { databases } from "~/testing/databases";
import { given } from "~/testing/given";

async function* bytes() {
  yield Buffer.from("Name,Email\nAnn,ann@okafor.example\n");
}

describe.each(databases)("an upload on %s", (engine) => {
  test("whose reading fails by a fault of ours leaves no file", async () => {
    const scope = await given.scope(engine, "admin");
    const account = Object.defineProperty({ ...scope.account }, "phoneCountry", {
      get: () => {
        throw new Error("The disk is gone");
      },
    });
    const file = { name: "a.csv", mediaType: "text/csv", bytes: bytes() };
    await expect(uploadFile({ ...scope, account }, contactSubject, file)).rejects.toThrow("The disk is gone");
    const files = scope.db.selectFrom("files").select("id").where("account_id", "=", scope.account.id);
    expect(await files.execute()).toEqual([]);
  });
});
