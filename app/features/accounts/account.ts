/** An account is a firm: the unit of isolation. It is addressed by its slug, the first step of its pages' addresses. */

const MIN_SLUG = 2;
const MAX_SLUG = 40;

/** First steps of addresses that are ours, or that people or programs would take for ours. Never an account's. */
export const reservedSlugs: ReadonlySet<string> = new Set(
  (
    "about account accounts admin administrator answer api app assets audit auth blog build callback connect contact contacts css " +
    "dashboard data demo docs download downloads error events export favicon feedback files fonts forgot-password health " +
    "healthz help home hooks images img import index info install internal invitation invitations invite js jobs legal " +
    "live login logout mail manifest me media metrics new news notices null oauth oauth2 operator password ping " +
    "person pricing privacy profile public r readyz register report reports reset reset-password robots root sandbox search security " +
    "session sessions set-up settings setup sign-in sign-out sign-up signin signout signup sitemap speculation-rules " +
    "sso start static status stylesheet support system tallybook terms test tokens undefined unsubscribe upload uploads " +
    "user users webhook webhooks welcome well-known www"
  ).split(" "),
);

export type SlugProblem = "slug-malformed" | "slug-reserved";

/** What is wrong with a slug, or null: 2 to 40 of a-z, 0-9 and single hyphens, beginning with a letter, not reserved. */
export function slugProblem(slug: string): SlugProblem | null {
  if (slug.length < MIN_SLUG || slug.length > MAX_SLUG) return "slug-malformed";
  if (!/^[a-z][a-z0-9-]*[a-z0-9]$/.test(slug) || slug.includes("--")) return "slug-malformed";
  return reservedSlugs.has(slug) ? "slug-reserved" : null;
}

/** A slug made of a firm's name, "Brandt Holzbau GmbH" → `brandt-holzbau-gmbh`; may be reserved or taken all the same. */
export function slugFrom(name: string): string {
  const plain = name
    .replace(/ß/g, "ss")
    .replace(/[øØ]/g, "o")
    .replace(/[łŁ]/g, "l")
    .replace(/[æÆ]/g, "ae")
    .normalize("NFKD")
    .toLowerCase()
    .replace(/\p{M}+/gu, "");
  const slug = plain
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, MAX_SLUG)
    .replace(/^[^a-z]+|-+$/g, "");
  return slug.length >= MIN_SLUG ? slug : "firm";
}

/** An email address as it identifies a person: two spellings of one address are one person. Accents are kept. */
export function emailKey(email: string): string {
  return email.normalize("NFKC").trim().toLowerCase();
}
