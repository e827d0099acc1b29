import { beforeAll, describe, expect, test } from "vitest";
import { findAccount } from "~/features/accounts/account-scope.server";
import { findLogo, removeLogo, replaceLogo } from "~/features/accounts/logo.server";
import { logoAdvice } from "~/features/accounts/logo-words";
import { type InstallationScope, type Scope } from "~/platform/scope.server";
import { readFile } from "~/platform/files.server";
import { databases } from "~/testing/databases";
import { given } from "~/testing/given";
import { exifWithPlace, jpegSegment, jpegWith, png, pngChunk } from "~/testing/pictures";

describe.each(databases)("an account's logo on %s", (engine) => {
  let installation: InstallationScope;
  let first: Scope;

  beforeAll(async () => {
    installation = await given.installation(engine);
    first = await given.member(installation, await given.account(installation));
  });

  /** As the next request sees the account. */
  async function anew(): Promise<Scope> {
    const account = await findAccount(installation, first.account.id);
    if (!account) throw new Error("The account is gone");
    return { ...first, account };
  }

  const files = async () => {
    const rows = await first.db.selectFrom("files").select("id").where("account_id", "=", first.account.id).execute();
    return rows.map(({ id }) => id);
  };

  /** Whole, as a browser gets it. */
  async function logoOf(scope: Scope): Promise<{ mediaType: string; bytes: Buffer } | null> {
    const file = await findLogo(scope, scope.account.logoFileId ?? "");
    if (!file) return null;
    const pieces: Uint8Array[] = [];
    for await (const piece of readFile(scope, file.id)) pieces.push(piece);
    return { mediaType: file.mediaType, bytes: Buffer.concat(pieces) };
  }

  test("is stored without what is not seen, replaced, and removed with its bytes", async () => {
    const sent = png({ more: [pngChunk("tEXt", Buffer.from("Author\0Folasade Adebayo"))] });
    const stored = await replaceLogo(await anew(), sent);
    expect(stored).toMatchObject({ ok: true });
    expect(await logoOf(await anew())).toEqual({ mediaType: "image/png", bytes: png() });

    const photo = jpegWith(jpegSegment(0xe1, exifWithPlace(6)));
    const other = await replaceLogo(await anew(), photo);
    const logo = await logoOf(await anew());
    expect(logo?.mediaType).toBe("image/jpeg");
    expect(logo?.bytes.includes("52.52")).toBe(false);
    expect(await files()).toEqual(other.ok ? [other.fileId] : []);

    expect(await removeLogo(await anew())).toBe(true);
    expect(await removeLogo(await anew())).toBe(false);
    expect(await files()).toEqual([]);
    expect(await logoOf(await anew())).toBeNull();
  });

  test("two sent at once leave one, and no bytes of the other", async () => {
    const scope = await anew();
    await Promise.all([replaceLogo(scope, png({ width: 30 })), replaceLogo({ ...scope }, png({ width: 40 }))]);
    const { account } = await anew();
    expect(await files()).toEqual([account.logoFileId]);
  });

  test("no other file of the account is ever shown as it", async () => {
    const scope = await anew();
    expect(await findLogo(scope, scope.account.logoFileId ?? "")).toMatchObject({ mediaType: "image/png" });
    expect(await findLogo({ ...scope, account: { ...scope.account, logoFileId: null } }, scope.account.id)).toBeNull();
  });

  test("what is refused is told in words and stores nothing", async () => {
    const before = await files();
    const advice = async (bytes: Buffer) => {
      const outcome = await replaceLogo(await anew(), bytes);
      return outcome.ok ? "" : logoAdvice(outcome, { locale: "de-DE" });
    };
    expect(await advice(Buffer.from("<svg/>"))).toContain("SVG");
    expect(await advice(png({ width: 2_400, height: 1 }))).toContain("2.400 × 1 pixels");
    expect(await advice(png().subarray(0, 60))).toContain("damaged");
    expect(await advice(Buffer.alloc(1_000_001))).toContain("larger than 1 MB");
    expect(await advice(Buffer.from("GIF89a"))).toBe(
      "This is a GIF file. Save the logo as PNG or JPEG, and send that.",
    );
    expect(await files()).toEqual(before);
  });
});
