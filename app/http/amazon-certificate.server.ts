const MOST_BYTES = 20_000;
const TIMEOUT_MS = 10_000;

/** The certificate at an address that was found to be Amazon's (`amazonAddress`); no redirect leads anywhere else. */
export async function fetchCertificate(url: string): Promise<string> {
  const answer = await fetch(url, { redirect: "error", signal: AbortSignal.timeout(TIMEOUT_MS) });
  if (!answer.ok || Number(answer.headers.get("Content-Length") ?? 0) > MOST_BYTES)
    throw new Error("No certificate there");
  return (await answer.text()).slice(0, MOST_BYTES);
}
