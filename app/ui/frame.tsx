import { type ReactNode } from "react";
import { AccountMark, initials } from "./account-mark";
import { HiddenFields } from "./button";
import { BellIcon, ChevronIcon, MenuIcon, SearchIcon } from "./icons";
import { LogoPicture } from "./logo-picture";

export interface NavItem {
  href: string;
  label: string;
  current?: boolean;
  /** Something to look at there: a short text such as "1", and what it means for those who hear the page. */
  badge?: { text: string; meaning: string };
}

export interface FrameAccount {
  name: string;
  /** `1`…`8` */
  colour: number;
  href: string;
  current?: boolean;
  /** The address of its logo, which then stands in the place of the initials. */
  logo?: string | null;
}

export interface FramePerson {
  name: string;
  /** The role in this account, in words. */
  role: string;
  links: { href: string; label: string }[];
  /** Every account of this person; the list is shown when there are at least two. */
  accounts?: FrameAccount[];
  signOutAction: string;
}

export interface FrameProps {
  account: FrameAccount;
  nav: NavItem[];
  search?: {
    action: string;
    name?: string;
    value?: string;
    label: string;
    /** Sent along unseen: how the list on this page is narrowed already. */
    hidden?: Record<string, string>;
  };
  /** Work going on in the background; left out when there is none. */
  work?: { href: string; count: number };
  /** What the person was told; counting the unread stops at a hundred. */
  bell?: { href: string; unread: number };
  person: FramePerson;
  /** A column for reading and forms instead of the full width. */
  narrow?: boolean;
  children: ReactNode;
}

/** The frame of every page inside an account: skip link, top bar, rail, `main`. */
export function Frame({ account, nav, search, work, bell, person, narrow, children }: FrameProps) {
  return (
    <div className="frame">
      <SkipLink />
      <header className="top">
        <details className="menu menu-nav" name="top">
          <summary>
            <MenuIcon />
            <span className="sr-only">Menu</span>
          </summary>
          <nav className="menu-sheet nav-links" aria-label="Main">
            <NavLinks items={nav} />
          </nav>
        </details>
        <a className="firm" href={account.href}>
          {account.logo ? (
            <LogoPicture src={account.logo} alt="" />
          ) : (
            <AccountMark name={account.name} colour={account.colour} />
          )}
          <span>{account.name}</span>
        </a>
        {search ? <Finder {...search} /> : <span />}
        <div className="who">
          {work && work.count > 0 ? (
            <a className="working" href={work.href}>
              <span className="word">Work running</span>
              <span className="pill">{work.count}</span>
            </a>
          ) : null}
          {bell ? <Bell {...bell} /> : null}
          <PersonMenu person={person} />
        </div>
      </header>
      <nav className="rail nav-links" aria-label="Main">
        <NavLinks items={nav} />
      </nav>
      <main id="main" tabIndex={-1} className={narrow ? "page narrow" : "page"}>
        {children}
      </main>
    </div>
  );
}

export function SkipLink() {
  return (
    <a className="skip" href="#main">
      Skip to the page
    </a>
  );
}

function NavLinks({ items }: { items: NavItem[] }) {
  return (
    <ul>
      {items.map((item) => (
        <li key={item.href}>
          <a href={item.href} aria-current={item.current ? "page" : undefined}>
            {item.label}
            {item.badge ? (
              <span className="badge">
                {item.badge.text}
                <span className="sr-only"> {item.badge.meaning}</span>
              </span>
            ) : null}
          </a>
        </li>
      ))}
    </ul>
  );
}

const MOST_TOLD = 99;

function Bell({ href, unread }: NonNullable<FrameProps["bell"]>) {
  return (
    <a className="bell" href={href}>
      <BellIcon />
      <span className="sr-only">Notices</span>
      {unread > 0 ? (
        <span className="pill">
          {unread > MOST_TOLD ? `${MOST_TOLD}+` : unread}
          <span className="sr-only"> unread</span>
        </span>
      ) : null}
    </a>
  );
}

function Finder({ action, name = "q", value, label, hidden = {} }: NonNullable<FrameProps["search"]>) {
  return (
    <form className="finder" role="search" action={action}>
      <SearchIcon />
      <HiddenFields fields={hidden} />
      <input
        className="control"
        type="search"
        name={name}
        defaultValue={value}
        aria-label={label}
        placeholder={label}
        enterKeyHint="search"
        autoComplete="off"
        maxLength={200}
      />
    </form>
  );
}

function PersonMenu({ person }: { person: FramePerson }) {
  const accounts = person.accounts && person.accounts.length > 1 ? person.accounts : [];
  return (
    <details className="menu" name="top">
      <summary>
        <span className="initials small round" aria-hidden>
          {initials(person.name)}
        </span>
        <span className="word">{person.name}</span>
        <ChevronIcon />
      </summary>
      <div className="menu-sheet">
        <p className="menu-head">
          <b>{person.name}</b>
          <span className="quiet small block">{person.role}</span>
        </p>
        {accounts.length > 0 ? <AccountList accounts={accounts} /> : null}
        <hr />
        {person.links.map((link) => (
          <a key={link.href} href={link.href}>
            {link.label}
          </a>
        ))}
        <form method="post" action={person.signOutAction}>
          <button>Sign out</button>
        </form>
      </div>
    </details>
  );
}

function AccountList({ accounts }: { accounts: FrameAccount[] }) {
  return (
    <>
      <hr />
      <ul aria-label="Your accounts">
        {accounts.map((account) => (
          <li key={account.href}>
            <a href={account.href} aria-current={account.current ? "true" : undefined}>
              <AccountMark name={account.name} colour={account.colour} small />
              {account.name}
            </a>
          </li>
        ))}
      </ul>
    </>
  );
}
