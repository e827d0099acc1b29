/** A real mail server for tests that does to each recipient what their address says, and remembers what it took. */
import { type AddressInfo } from "node:net";
import { SMTPServer, type SMTPServerSession } from "smtp-server";
import { type MailSettings } from "~/platform/env.server";
import { parseMailServer } from "~/platform/mail/mail-server.server";

export interface TakenMail {
  to: string;
  /** The whole mail as it came. */
  raw: string;
}

export interface TestMailServer {
  settings: MailSettings;
  taken: TakenMail[];
  /** How many were taken for an address. */
  times(address: string): number;
  /** Milliseconds before it answers to a mail. */
  delayMs: number;
  close(): Promise<void>;
}

const answer = (responseCode: number, text: string) => Object.assign(new Error(text), { responseCode });

/** By how the address begins. */
function refusalOf(address: string): Error | null {
  if (address.startsWith("gone")) return answer(550, "5.1.1 No such user here");
  if (address.startsWith("full")) return answer(552, "5.2.2 Mailbox full");
  if (address.startsWith("later")) return answer(450, "4.2.1 Try again later");
  return null;
}

function hangUp(server: SMTPServer, session: SMTPServerSession): void {
  const connections = (server as unknown as { connections: Set<{ id: string; _socket: { destroy(): void } }> })
    .connections;
  for (const each of connections) if (each.id === session.id) each._socket.destroy();
}

/** `cut…@`: the mail is taken, and the line cut before the answer. `spam…@`: refused after the mail for what it says. */
export async function startMailServer({ port = 0 } = {}): Promise<TestMailServer> {
  const taken: TakenMail[] = [];
  const server = new SMTPServer({
    ...{ authOptional: true, disabledCommands: ["STARTTLS"], disableReverseLookup: true, logger: false },
    onRcptTo: ({ address }, _session, done) => done(refusalOf(address)),
    onData(stream, session, done) {
      const to = session.envelope.rcptTo[0]?.address ?? "";
      const parts: Buffer[] = [];
      stream.on("data", (part: Buffer) => parts.push(part));
      stream.on("end", () => {
        if (to.startsWith("spam")) return done(answer(554, "5.7.1 This looks like spam"));
        taken.push({ to, raw: Buffer.concat(parts).toString() });
        if (to.startsWith("cut")) return hangUp(server, session);
        setTimeout(() => done(), started.delayMs);
      });
    },
  });
  server.on("error", () => undefined);
  await new Promise<void>((resolve, reject) => {
    server.server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  const url = `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`;
  const parsed = parseMailServer(url);
  if (!parsed) throw new Error("no mail server");
  const started: TestMailServer = {
    settings: { server: parsed, from: { name: "Tallybook", address: "ledger@brandt.example" } },
    taken,
    times: (address) => taken.filter(({ to }) => to === address).length,
    delayMs: 0,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
  return started;
}
