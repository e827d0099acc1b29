import { useSearchParams } from "@remix-run/react";
import { ownPagePath } from "~/routes/person/own-path";
import { type ProfilePage } from "~/routes/person/profile";
import { Banner } from "~/ui/banner";
import { ButtonLink, PostButton } from "~/ui/button";
import { Facts } from "~/ui/facts";
import { Panel } from "~/ui/panel";
import { Table } from "~/ui/table";

/** With fewer than this, it is time for new ones. */
const FEW_CODES = 3;

/** Addresses of the person's own pages, each with the account they came from. */
function useOwnPath(): (path: string) => string {
  const [search] = useSearchParams();
  return (path) => ownPagePath(path, search);
}

export function FewCodes({ left }: { left: number }) {
  const own = useOwnPath();
  if (left >= FEW_CODES) return null;
  const codes = left === 0 ? "no recovery codes" : `only ${left} recovery ${left === 1 ? "code" : "codes"}`;
  return (
    <Banner tone="warn" undo={{ href: own("/person/recovery-codes/renewal"), label: "Make new codes" }}>
      You have {codes} left. A code lets you in when your phone is lost or broken.
    </Banner>
  );
}

export function HowYouSignIn({ factorSince, codesLeft }: Pick<ProfilePage, "factorSince" | "codesLeft">) {
  const own = useOwnPath();
  return (
    <Panel title="How you sign in">
      <Facts
        facts={[
          { label: "Authenticator app", value: factorSince ? `Set up on ${factorSince}` : "Not set up" },
          ...(factorSince ? [{ label: "Recovery codes", value: `${codesLeft} of 10 left` }] : []),
        ]}
      />
      <p className="mt-4 flex flex-wrap gap-2">
        <ButtonLink small href={own("/person/password")}>
          Change password
        </ButtonLink>
        <ButtonLink small href={own("/person/authenticator")}>
          {factorSince ? "Replace authenticator app" : "Set up an authenticator app"}
        </ButtonLink>
        {factorSince ? (
          <ButtonLink small href={own("/person/recovery-codes/renewal")}>
            New recovery codes
          </ButtonLink>
        ) : null}
      </p>
    </Panel>
  );
}

export function Sessions({ sessions, timeZone }: Pick<ProfilePage, "sessions" | "timeZone">) {
  const own = useOwnPath();
  return (
    <Panel title="Where you are signed in" line={`Times are those of ${timeZone.replaceAll("_", " ")}.`}>
      <Table
        caption="Browsers in which you are signed in"
        columns={[
          { key: "device", label: "Browser", cell: (session) => session.device },
          { key: "address", label: "Address", cell: (session) => session.address },
          { key: "since", label: "Signed in", cell: (session) => session.since },
          { key: "seen", label: "Last used", cell: (session) => session.seen },
          { key: "end", label: "Session", onPhone: "plain", cell: (session) => <EndSession {...session} /> },
        ]}
        rows={sessions}
        rowKey={(session) => session.id}
        bare
      />
      <div className="mt-4 flex flex-wrap gap-2">
        <PostButton action="/sign-out">Sign out</PostButton>
        {sessions.length > 1 ? (
          <ButtonLink href={own("/person/sessions/end")}>Sign out everywhere else</ButtonLink>
        ) : null}
      </div>
    </Panel>
  );
}

function EndSession({ id, device, isThis }: ProfilePage["sessions"][number]) {
  const own = useOwnPath();
  if (isThis) return <span className="quiet">This browser</span>;
  return (
    <ButtonLink href={own(`/person/sessions/end?session=${id}`)} small>
      Sign out<span className="sr-only"> of {device}</span>
    </ButtonLink>
  );
}

export function Accounts({ places, isOperator }: Pick<ProfilePage, "places" | "isOperator">) {
  return (
    <Panel
      title="Your accounts"
      actions={
        isOperator ? (
          <ButtonLink href="/operator" small>
            This installation
          </ButtonLink>
        ) : null
      }
    >
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
  );
}
