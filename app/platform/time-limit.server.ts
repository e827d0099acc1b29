export interface TimeLimit {
  /** Aborts when the time is over, or with the signal that was given. */
  signal: AbortSignal;
  /** To be called when it is done, however it ended. */
  end(): void;
}

/** A signal that aborts with the one that was given, or when it is told to. */
export function stoppable(signal: AbortSignal): { signal: AbortSignal; stop(why: unknown): void } {
  const own = new AbortController();
  const stop = (why: unknown) => {
    signal.removeEventListener("abort", pass);
    own.abort(why);
  };
  const pass = () => stop(signal.reason);
  if (signal.aborted) pass();
  else signal.addEventListener("abort", pass, { once: true });
  return { signal: own.signal, stop };
}

/**
 * A limit of time on something that can be aborted for other reasons, too. `AbortSignal.any` with `AbortSignal.timeout` is
 * none on Node 20: what nothing else refers to is collected as garbage, and never aborts.
 */
export function timeLimit(signal: AbortSignal, ms: number): TimeLimit {
  const limited = new AbortController();
  const pass = () => limited.abort(signal.reason);
  const timer = setTimeout(() => limited.abort(new DOMException("The time is over", "TimeoutError")), ms);
  timer.unref();
  if (signal.aborted) pass();
  else signal.addEventListener("abort", pass, { once: true });
  return {
    signal: limited.signal,
    end: () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", pass);
    },
  };
}
