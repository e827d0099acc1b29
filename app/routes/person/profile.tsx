import { type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { listPlacesOf } from "~/features/accounts/members.server";
import { roleNames } from "~/features/accounts/rights";
import { deviceName } from "~/features/sign-in/device-name";
import { findSecondFactor } from "~/features/sign-in/second-factor.server";
import { listSessions } from "~/features/sign-in/sessions.server";
import { FlashBanner } from "~/flash-banner";
import { installationScope, requirePerson } from "~/http/scope.server";
import { formatDate, formatInstant } from "~/platform/time";
import { Banner } from "~/ui/banner";
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
      address: addressText(address),
      seen: formatInstant(where, seenAt),
      isThis: id === sessionId,
    })),
  };
}

/** An address of the machine that Tallybook runs on says nothing to anybody. */
function addressText(address: string | null): string {
  if (address === null) return "unknown";
  return /^(::1|(::ffff:)?127\..*)$/.test(address) ? "this computer" : address;
}

/** With fewer than this, it is time for new ones. */
const FEW_CODES = 3;

function FewCodes({ left }: { left: number }) {
  if (left >= FEW_CODES) return null;
  const codes = left === 0 ? "no recovery codes" : `only ${left} recovery ${left === 1 ? "code" : "codes"}`;
  return (
    <Banner tone="warn" undo={{ href: "/person/recovery-codes/renewal", label: "Make new codes" }}>
      You have {codes} left. A code lets you in when your phone is lost or broken.
    </Banner>
  );
}

export default function Profile() {
  const { name, email, isOperator, places, codesLeft, sessions } = useLoaderData<typeof loader>();
  return (
    <OutsideFrame title={name} line={email} place={<a href="/">Back to work</a>} wide>
      <FlashBanner />
      <FewCodes left={codesLeft} />
      <div>
        <HowYouSignIn />
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
          {sessions.length > 1 ? <ButtonLink href="/person/sessions/end">Sign out everywhere else</ButtonLink> : null}
          {isOperator ? <ButtonLink href="/operator">This installation</ButtonLink> : null}
        </div>
      </div>
    </OutsideFrame>
  );
}

function HowYouSignIn() {
  const { factorSince, codesLeft } = useLoaderData<typeof loader>();
  return (
    <Panel title="How you sign in">
      <Facts
        facts={[
          { label: "Authenticator app", value: factorSince ? `Set up on ${factorSince}` : "Not set up" },
          { label: "Recovery codes", value: `${codesLeft} of 10 left` },
        ]}
      />
      <p className="mt-4 flex flex-wrap gap-2">
        <ButtonLink small href="/person/password">
          Change password
        </ButtonLink>
        <ButtonLink small href="/person/authenticator">
          Replace authenticator app
        </ButtonLink>
        <ButtonLink small href="/person/recovery-codes/renewal">
          New recovery codes
        </ButtonLink>
      </p>
    </Panel>
  );
}

function EndSession({ id, device, isThis }: { id: string; device: string; isThis: boolean }) {
  if (isThis) return <span className="quiet">This browser</span>;
  return (
    <ButtonLink href={`/person/sessions/end?session=${id}`} small>
      Sign out<span className="sr-only"> of {device}</span>
    </ButtonLink>
  );
}
