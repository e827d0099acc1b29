/** A person in front of a provider's stand-in: signs in, ticks, agrees. Its pages are read as they are sent. */

export interface Agreeing {
  /** Who signs in; the first who can unless told. */
  login?: string;
  /** Boxes that the person unticks. */
  leaveOut?: readonly string[];
  cancels?: boolean;
  /** The cookies of a browser that has been there before. */
  jar?: Map<string, string>;
}

const MOST_STEPS = 20;

/** The address of ours that the person is sent back to. @throws Error when the stand-in shows something else. */
export async function agree(address: string, how: Agreeing = {}): Promise<URL> {
  const browser = browserWith(how.jar ?? new Map<string, string>());
  let at = new URL(address);
  let body: URLSearchParams | undefined;
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const { status, location, html } = await browser(at, body);
    if (location === null) body = filled(html, how, status);
    else {
      at = new URL(location, at);
      body = undefined;
      if (/^\/(?:connect|sign-in)\//.test(at.pathname)) return at;
    }
  }
  throw new Error("The stand-in sends one round in circles");
}

function browserWith(jar: Map<string, string>) {
  return async (at: URL, body?: URLSearchParams) => {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
    const answer = await fetch(at, { method: body ? "POST" : "GET", body, redirect: "manual", headers: { cookie } });
    for (const line of answer.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      jar.set(name, value);
    }
    return { status: answer.status, location: answer.headers.get("location"), html: await answer.text() };
  };
}

function filled(html: string, { login, leaveOut = [], cancels }: Agreeing, status: number): URLSearchParams {
  const valuesOf = (type: string) =>
    [...html.matchAll(new RegExp(`type="${type}" name="\\w+" value="([^"]*)"`, "g"))].map(([, value = ""]) => value);
  const [first] = valuesOf("radio");
  if (first !== undefined) return new URLSearchParams({ login: login ?? first });
  const boxes = valuesOf("checkbox");
  if (boxes.length === 0) throw new Error(`The stand-in answers ${status}: ${html.slice(0, 500)}`);
  const ticked = boxes.filter((scope) => !leaveOut.includes(scope));
  return new URLSearchParams([...ticked.map((scope) => ["scope", scope]), ["answer", cancels ? "cancel" : "agree"]]);
}
