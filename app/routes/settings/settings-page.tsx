import { type ReactNode } from "react";
import { PageHead } from "~/ui/page-head";
import { Tabs } from "~/ui/tabs";

/** The parts of Settings, in the order of the tabs; each is a page below `/:account/settings`. */
const parts = [
  { path: "", label: "Firm" },
  { path: "/formats", label: "Dates and money" },
  { path: "/access", label: "Access and keeping" },
  { path: "/relationship-types", label: "Relationships" },
  { path: "/fields", label: "Fields" },
  { path: "/import-rules", label: "Import rules" },
  { path: "/mail-reports", label: "Mail reports" },
  { path: "/alerts", label: "Alerts" },
  { path: "/model", label: "Help with columns" },
] as const;

interface SettingsPageProps {
  slug: string;
  /** Which of the parts this is. */
  part: (typeof parts)[number]["path"];
  title: string;
  line?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}

/** A part of Settings, with the way to the others. */
export function SettingsPage({ slug, part, title, line, actions, children }: SettingsPageProps) {
  const base = `/${slug}/settings`;
  return (
    <>
      <Tabs
        label="Settings"
        tabs={parts.map(({ path, label }) => ({ href: `${base}${path}`, label, current: path === part }))}
      />
      <PageHead title={title} line={line} actions={actions} />
      {children}
    </>
  );
}
