import { createContext, useContext } from "react";

/** Facts of the response that every page may show, also where no loader ran (an unknown address, a failed loader). */
export interface PageFacts {
  nonce: string;
  requestId: string;
  /** The status of the error page when a bug or outage was met; null otherwise. */
  failureStatus: number | null;
  /** As the person who is signed in wants it; null: as their device has it. */
  colourScheme: "light" | "dark" | null;
  /** Development only: the page carries Vite's client, which loads it again when something changes. */
  liveReload: boolean;
}

const Facts = createContext<PageFacts>({
  nonce: "",
  requestId: "",
  failureStatus: null,
  colourScheme: null,
  liveReload: false,
});

export const PageFactsProvider = Facts.Provider;

export function usePageFacts(): PageFacts {
  return useContext(Facts);
}
