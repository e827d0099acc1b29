import { type TrialResult } from "~/features/pipeline/trial/trial";
import { type cameBeforeShown } from "~/routes/import/check-facts.server";
import { type Place } from "~/platform/time";
import { Banner } from "~/ui/banner";
import { PostButton } from "~/ui/button";
import { formatCount } from "~/ui/pagination";

interface CheckBannersProps {
  base: string;
  page: string;
  place: Place;
  trial: { result: TrialResult; atWork: { id: string; fileName: string }[]; endedSince: number } | null;
  before: Awaited<ReturnType<typeof cameBeforeShown>>;
  failed: { problem: string | null; reference: string | null } | null;
}

/** What is to be known before anything else: it cannot be read, came before, would change nothing, or is out of date. */
export function CheckBanners({ base, page, place, trial, before, failed }: CheckBannersProps) {
  return (
    <>
      {failed ? <Failed page={page} {...failed} /> : null}
      {trial ? <Verdict result={trial.result} place={place} /> : null}
      {before ? <CameBefore base={base} before={before} /> : null}
      {trial && trial.atWork.length + trial.endedSince > 0 ? <Meanwhile {...{ base, page, trial }} /> : null}
    </>
  );
}

function Failed({ page, problem, reference }: { page: string; problem: string | null; reference: string | null }) {
  return (
    <Banner tone="bad">
      {problem ?? "The file could not be checked."} Nothing was stored.
      {reference ? ` Reference: ${reference}.` : ""}{" "}
      <span className="ml-2 inline-block">
        <CheckAgain page={page} />
      </span>
    </Banner>
  );
}

function CheckAgain({ page }: { page: string }) {
  return (
    <PostButton small action={`${page}/trial`}>
      Check again
    </PostButton>
  );
}

function Verdict({ result: { counts }, place }: { result: TrialResult; place: Place }) {
  const { read, created, changed, same, refused } = counts;
  if (read === 0) return <Banner tone="warn">There are no rows in this file: nothing to import.</Banner>;
  if (read === refused) {
    return (
      <Banner tone="warn">
        {read === 1 ? "The only row would be refused" : `All ${formatCount(read, place)} rows would be refused`}, for
        the reasons below. Look at the columns first: whether the file is read as it was meant, and whether each column
        goes where it belongs.
      </Banner>
    );
  }
  if (created + changed > 0) return null;
  return (
    <Banner tone="good">
      0 changes: {same === 1 ? "the row says" : `${formatCount(same, place)} rows say`} what is known already.
    </Banner>
  );
}

function CameBefore({ base, before }: { base: string; before: NonNullable<CheckBannersProps["before"]> }) {
  const { how, rows, fileName, on, by, counts, undoneOn } = before;
  const when = `on ${on}${by ? ` by ${by}` : ""}`;
  const what = undoneOn ? `${counts}; undone since, on ${undoneOn}` : counts;
  return (
    <Banner tone="warn" undo={{ href: `${base}/imports/${before.id}`, label: "See that import" }}>
      {how === "file" ? `This very file was imported ${when} (${what}).` : null}
      {how === "rows"
        ? `The same rows, in another order or saved anew, were imported as “${fileName}” ${when} (${what}).`
        : null}
      {how === "some" ? `${rows} of these rows came as they are with “${fileName}”, imported ${when}.` : null}
      {how === "some" || undoneOn
        ? null
        : " Rows that no newer import has changed come out the same. Where a newer import said something else, what this older file says wins again: the last import counts as the newest. What was edited by hand stays."}
    </Banner>
  );
}

function Meanwhile({
  base,
  page,
  trial,
}: Pick<CheckBannersProps, "base" | "page"> & { trial: NonNullable<CheckBannersProps["trial"]> }) {
  const [first] = trial.atWork;
  return (
    <Banner tone="warn">
      {first ? (
        <>
          Another import is at work, “<a href={`${base}/imports/${first.id}`}>{first.fileName}</a>”, and this one waits
          until it is done. What it stores is not in these numbers.{" "}
        </>
      ) : (
        "Another import has changed contacts since these numbers were made. "
      )}
      <span className="ml-2 inline-block">
        <CheckAgain page={page} />
      </span>
    </Banner>
  );
}
