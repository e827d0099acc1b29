export interface TabLink {
  href: string;
  label: string;
  current?: boolean;
  count?: string;
}

/** Pages that belong together, e.g. the parts of Settings. Links, so each is an address. */
export function Tabs({ label, tabs }: { label: string; tabs: TabLink[] }) {
  return (
    <nav className="tabs" aria-label={label}>
      {tabs.map((tab) => (
        <a key={tab.href} href={tab.href} aria-current={tab.current ? "page" : undefined}>
          {tab.label}
          {tab.count ? <span className="quiet"> {tab.count}</span> : null}
        </a>
      ))}
    </nav>
  );
}
