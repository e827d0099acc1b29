import { describe, expect, test } from "vitest";
import { findCampaign } from "~/features/campaigns/campaigns.server";
import { readFigureFilter } from "~/features/campaigns/figures/figure-filter";
import { figureRowsFile } from "~/features/campaigns/figures/figure-files.server";
import { funnelLines } from "~/features/campaigns/figures/funnel-lines";
import { readFigures } from "~/features/campaigns/figures/read-figures.server";
import { addContacts } from "~/features/campaigns/recipients/add-recipients.server";
import { forgetContacts } from "~/features/campaigns/recipients/forget-contacts.server";
import { countLeftOut } from "~/features/campaigns/recipients/list-recipients.server";
import { recordDelivery } from "~/features/campaigns/recipients/record-delivery.server";
import { startCampaign } from "~/features/campaigns/start-campaign.server";
import { archiveContact } from "~/features/contacts/deletion/archive-contacts.server";
import { deleteContacts } from "~/features/contacts/deletion/delete-contacts.server";
import { removeDeleted } from "~/features/contacts/deletion/remove-contacts.server";
import { type Scope } from "~/platform/scope.server";
import { DAY_MS } from "~/platform/time";
import { databases } from "~/testing/databases";
import { given, testClock } from "~/testing/given";
import { plan } from "~/testing/given-campaigns";
import { bytesOf } from "~/testing/text-of-pdf";

async function person(scope: Scope, givenName: string): Promise<string> {
  const phones = [{ label: null, value: `+442079460${String(givenName.length).padStart(3, "0")}` }];
  return (await given.contact(scope, { givenName, familyName: "Adebayo", phones })).id;
}

describe.each(databases)("a contact that is erased for good, on %s", (engine) => {
  test("is left out as erased, in lists, figures and files; what they answered or were told stays counted", async () => {
    const clock = testClock();
    const scope = await given.scope(engine, "admin", { clock });
    const [tunde, bola, folasade, kemi] = [
      await person(scope, "Tunde"),
      await person(scope, "Bo"),
      await person(scope, "Folasade"),
      await person(scope, "Kem"),
    ];
    await archiveContact(scope, bola);
    const id = await plan(scope, "phone");
    await addContacts(scope, id, [tunde, bola, folasade, kemi]);
    await startCampaign(scope, id);
    await recordDelivery(
      scope,
      { campaignId: id, contactIds: [folasade] },
      { mark: { delivery: "spoken" }, from: ["none"] },
    );
    expect(await countLeftOut(scope, id)).toEqual([{ reason: "archived", count: 1, answered: 0 }]);

    await deleteContacts(scope, [tunde, bola, folasade]);
    clock.advance(31 * DAY_MS);
    await removeDeleted(scope, new AbortController().signal, { along: forgetContacts });
    expect(await countLeftOut(scope, id)).toEqual([{ reason: "erased", count: 2, answered: 0 }]);
    expect(await findCampaign(scope, id)).toMatchObject({ listed: 4, leftOut: 2, reached: 1 });
    const figures = await readFigures(scope, id);
    if (!figures) throw new Error("There are no figures");
    expect(figures.funnel.leftOut).toMatchObject([{ reason: "erased", count: 2 }]);
    expect(funnelLines(figures.funnel, "phone", "en-GB")).toContainEqual(
      expect.objectContaining({ key: "erased", label: "Erased for good" }),
    );
    const filter = readFigureFilter(new URLSearchParams("part=left-out&why=erased"));
    expect(filter.reason).toBe("erased");
    const file = await figureRowsFile(scope, id, filter, "csv");
    if (!file) throw new Error("There is no file");
    expect((await bytesOf(file.bytes)).toString().match(/Erased for good/g)).toHaveLength(2);
  });
});
