import { type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { listPlacesOf } from "~/features/accounts/accounts.server";
import { roleNames } from "~/features/accounts/rights";
import { findSecondFactor } from "~/features/sign-in/second-factor.server";
import { listSessions } from "~/features/sign-in/sessions.server";
import { FlashBanner } from "~/flash-banner";
import { installationScope, requirePerson } from "~/http/scope.server";
import { formatDate, formatInstant } from "~/platform/time";
import { ButtonLink, PostButton } from "~/ui/button";
import { Facts } from "~/ui/facts";
import { OutsideFrame } from "~/ui/outside-frame";
import { Panel } from "~/ui/panel";
import { Table } from "~/ui/table";

export const meta: MetaFunction = () => [{ title: "You and your sign-in · Tallybook" }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { user, sessionId } = await requirePerson({ request, context });
  const scope = installationScope(context);
  const places = await listPlacesOf(scope, user.id);
  const factor = await findSecondFactor(scope, user.id);
  const sessions = await listSessions(scope, user.id);
  const where = places[0]?.account ?? { timeZone: "UTC", locale: "en-GB" };
  return {
    name: user.name,
    email: user.email,
    isOperator: user.isOperator,
    places: places.map(({ account, role }) => ({
      name: account.name,
      href: `/${account.slug}`,
      role: roleNames[role],
    })),
    factorSince: factor.enrolledAt ? formatDate(where, factor.enrolledAt) : null,
    codesLeft: factor.recoveryCodesLeft,
    sessions: sessions.map(({ id, device, address, seenAt }) => ({
      id,
      device: deviceName(device),
      address: address ?? "unknown",
      seen: formatInstant(where, seenAt),
      isThis: id === sessionId,
    })),
  };
}

const browsers = ["Edg", "OPR", "Firefox", "Chrome", "Safari"];
const browserNames: Record<string, string> = { Edg: "Edge", OPR: "Opera" };
const systems = ["Windows", "Android", "iPhone", "iPad", "Mac OS", "Linux"];

/** "Firefox on Linux": the two words that a person knows of what a browser says about itself. */
function deviceName(userAgent: string | null): string {
  const browser = browsers.find((name) => userAgent?.includes(`${name}/`));
  const system = systems.find((name) => userAgent?.includes(name));
  if (!browser) return "Unknown browser";
  return `${browserNames[browser] ?? browser}${system ? ` on ${system}` : ""}`;
}

export default function Profile() {
  const { name, email, isOperator, places, factorSince, codesLeft, sessions } = useLoaderData<typeof loader>();
  return (
    <OutsideFrame title={name} line={email} place={<a href="/">Back to work</a>} wide>
      <FlashBanner />
      <div className="space-y-6">
        <Panel title="How you sign in">
          <Facts
            facts={[
              { label: "Authenticator app", value: factorSince ? `Set up on ${factorSince}` : "Not set up" },
              { label: "Recovery codes left", value: `${codesLeft} of 10` },
            ]}
          />
          <p className="mt-4 flex flex-wrap gap-2">
            <ButtonLink href="/person/password">Change password</ButtonLink>
            <ButtonLink href="/person/authenticator">Replace authenticator app</ButtonLink>
            <ButtonLink href="/person/recovery-codes/renewal">New recovery codes</ButtonLink>
          </p>
        </Panel>
        <Panel title="Your accounts">
          <Table
            caption="Accounts in which you have a place"
            columns={[
              { key: "name", label: "Account", cell: (place) => place.name },
              { key: "role", label: "Role", cell: (place) => place.role },
            ]}
            rows={places}
            rowKey={(place) => place.href}
            href={(place) => place.href}
            bare
          />
        </Panel>
        <Panel title="Where you are signed in">
          <Table
            caption="Browsers in which you are signed in"
            columns={[
              { key: "device", label: "Browser", cell: (session) => session.device },
              { key: "address", label: "Address", cell: (session) => session.address },
              { key: "seen", label: "Last used", cell: (session) => session.seen },
              { key: "end", label: "Session", onPhone: "plain", cell: (session) => <EndSession {...session} /> },
            ]}
            rows={sessions}
            rowKey={(session) => session.id}
            bare
          />
        </Panel>
        <div className="flex flex-wrap gap-2">
          <PostButton action="/sign-out">Sign out</PostButton>
          {isOperator ? <ButtonLink href="/operator">All accounts</ButtonLink> : null}
        </div>
      </div>
    </OutsideFrame>
  );
}

function EndSession({ id, device, isThis }: { id: string; device: string; isThis: boolean }) {
  if (isThis) return <span className="quiet">This browser</span>;
  return (
    <PostButton action={`/person/sessions/${id}/end`} small>
      Sign out<span className="sr-only"> of {device}</span>
    </PostButton>
  );
}
