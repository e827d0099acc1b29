export interface StepsProps {
  /** The names of the steps, in order. A step with `href` can be gone back to. */
  steps: { label: string; href?: string }[];
  /** Which one this page is, from 0. */
  current: number;
}

/** Where a wizard stands. */
export function Steps({ steps, current }: StepsProps) {
  return (
    <nav className="steps" aria-label={`Step ${current + 1} of ${steps.length}`}>
      <ol>
        {steps.map((step, index) => (
          <li
            key={step.label}
            className={index < current ? "done" : undefined}
            aria-current={index === current ? "step" : undefined}
          >
            {index < current && step.href ? (
              <a href={step.href}>{numbered(index, step.label)}</a>
            ) : (
              numbered(index, step.label)
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}

function numbered(index: number, label: string) {
  return (
    <>
      <span className="n">{index + 1}</span>
      <span className="word">{label}</span>
    </>
  );
}
