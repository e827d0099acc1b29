import { type RunFacts } from "~/features/pipeline/run/runs.server";
import { ButtonLink } from "~/ui/button";

interface AfterImportProps {
  base: string;
  run: RunFacts;
  may: { import: boolean };
  undo: { href: string; label: string } | null;
}

/** Where something was stored, to that; where not, to another try. */
export function AfterImport({ base, run, may, undo }: AfterImportProps) {
  const { read, refused } = run.counts;
  const again = run.state === "failed" || read === refused;
  const see = <See base={base} subject={run.subject} isFirst={!again} />;
  return (
    <div className="actions mt-4">
      {again ? null : see}
      {may.import ? (
        <ButtonLink href={importPath(base, run.subject)} tone={again ? "primary" : undefined}>
          {again ? "Import again" : "Import another file"}
        </ButtonLink>
      ) : null}
      {again && read > refused ? see : null}
      {undo ? <ButtonLink href={undo.href}>{undo.label}</ButtonLink> : null}
    </div>
  );
}

function importPath(base: string, subject: string): string {
  return subject === "contacts" ? `${base}/contacts/import` : `${base}/contacts/import?of=${subject}`;
}

function See({ base, subject, isFirst }: { base: string; subject: string; isFirst: boolean }) {
  const href = subject === "contacts" ? `${base}/contacts?sort=changed` : `${base}/data/${subject}`;
  return (
    <ButtonLink href={href} tone={isFirst ? "primary" : undefined}>
      See the {subject}
    </ButtonLink>
  );
}
