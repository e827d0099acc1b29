/** A service account of the sandbox, and the place that gives tokens for what its key has signed. */
import { createPublicKey, generateKeyPairSync, randomBytes, verify } from "node:crypto";
import { type Asked, type Reply } from "../frame/stand-in";

export interface SandboxAccount {
  email: string;
  /** The file that Google Cloud gives out. */
  file: string;
  isDeleted: boolean;
  /** Tokens given, and until when they are good, in milliseconds since 1970. */
  tokens: Map<string, number>;
}

const HOUR_S = 3_600;

export function makeAccount(email = "tallybook@hale-partners.iam.gserviceaccount.com"): SandboxAccount {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const file = {
    ...{ type: "service_account", project_id: "hale-partners", private_key_id: randomBytes(20).toString("hex") },
    private_key: privateKey.export({ type: "pkcs8", format: "pem" }),
    ...{ client_email: email, client_id: "108000000000000000000", token_uri: "https://oauth2.googleapis.com/token" },
  };
  return { email, file: JSON.stringify(file, null, 2), isDeleted: false, tokens: new Map() };
}

const refused = (description: string, error = "invalid_grant"): Reply => ({
  status: 400,
  body: { error, error_description: description },
});

export function tokenReply(account: SandboxAccount, { body, origin }: Asked, now: number): Reply {
  const form = new URLSearchParams(body);
  if (form.get("grant_type") !== "urn:ietf:params:oauth:grant-type:jwt-bearer") {
    return refused("Invalid grant_type", "unsupported_grant_type");
  }
  const parts = (form.get("assertion") ?? "").split(".");
  const { iss, scope, aud, iat, exp } = part(parts[1]);
  if (account.isDeleted || iss !== account.email) return refused("Invalid grant: account not found");
  if (!isSigned(account, parts)) return refused("Invalid JWT Signature.");
  if (aud !== `${origin}/token`) return refused("Invalid JWT: Failed audience check.");
  if (!isShortLived(Number(iat), Number(exp), now / 1000)) {
    return refused(
      "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. Check your iat and exp values in the JWT claim.",
    );
  }
  if (scope !== "https://www.googleapis.com/auth/analytics.readonly") return refused("Invalid scope", "invalid_scope");
  const token = `ya29.c.${randomBytes(24).toString("base64url")}`;
  account.tokens.set(token, now + HOUR_S * 1000);
  return { status: 200, body: { access_token: token, expires_in: HOUR_S - 1, token_type: "Bearer" } };
}

function isSigned({ file }: SandboxAccount, [header = "", claims = "", signature = ""]: string[]): boolean {
  const key = createPublicKey((JSON.parse(file) as { private_key: string }).private_key);
  const isOfKey = verify("sha256", Buffer.from(`${header}.${claims}`), key, Buffer.from(signature, "base64url"));
  return isOfKey && part(header).alg === "RS256";
}

function isShortLived(iat: number, exp: number, now: number): boolean {
  return exp - iat <= HOUR_S && exp > now && iat < now + 5 * 60;
}

function part(text = ""): Record<string, unknown> {
  try {
    return JSON.parse(Buffer.from(text, "base64url").toString("utf8")) as Record<string, unknown>;
  } catch (error) {
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}
