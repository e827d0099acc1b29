/** Our few drawings. All are decoration beside words, so all are hidden from screen readers. */
function Icon({ d, size = 16 }: { d: string; size?: number }) {
  return (
    <svg className="icon" width={size} height={size} viewBox="0 0 16 16" fill="none" stroke="currentColor" aria-hidden>
      <path d={d} strokeWidth="1.75" strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  );
}

export function SearchIcon() {
  return <Icon d="M11 11l3.5 3.5M12.5 7a5.5 5.5 0 1 1-11 0 5.5 5.5 0 0 1 11 0z" />;
}

export function MenuIcon() {
  return <Icon d="M2 4h12M2 8h12M2 12h12" size={20} />;
}

export function BellIcon() {
  return (
    <Icon
      d="M3.5 11.5c1-1 1-2.5 1-4.5a3.5 3.5 0 0 1 7 0c0 2 0 3.5 1 4.5zM6.75 13.75c.3.5.75.75 1.25.75s.95-.25 1.25-.75"
      size={20}
    />
  );
}

export function GoodIcon() {
  return <Icon d="M2.5 8.5l3.5 3.5 7.5-8" />;
}

export function WarnIcon() {
  return <Icon d="M8 2L1.5 13.5h13zM8 6.5v3M8 11.5v.01" />;
}

export function BadIcon() {
  return <Icon d="M8 4.5v4M8 11v.01M14.5 8a6.5 6.5 0 1 1-13 0 6.5 6.5 0 0 1 13 0z" />;
}

export function ChevronIcon() {
  return (
    <svg className="chevron" width="10" height="10" viewBox="0 0 10 10" fill="none" stroke="currentColor" aria-hidden>
      <path d="M2 3.5l3 3 3-3" strokeWidth="1.5" strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  );
}

/** Tallybook's own mark: four strokes and the fifth across. */
export function TallyMark({ size = 26 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 26 26" fill="none" stroke="currentColor" aria-hidden>
      <path d="M5.5 4v18M10.5 4v18M15.5 4v18M20.5 4v18M2 18.5L24 7.5" strokeWidth="2.25" strokeLinecap="round" />
    </svg>
  );
}
