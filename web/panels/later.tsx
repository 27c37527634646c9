// A panel whose code is fetched when it is first opened.

import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";

interface LaterPanelProps {
  readonly label: string;
  /** Always the same function: another one is another panel. */
  readonly load: () => Promise<ComponentType>;
  /** Of the place that it takes until it is there; a panel's unless given. */
  readonly className?: string;
}

/** What has been fetched, so that a panel that is opened again is there at once. */
const fetched = new Map<LaterPanelProps["load"], ComponentType>();

export function LaterPanel({ label, load, className = "panel" }: LaterPanelProps) {
  const [problem, setProblem] = useState("");
  // Counts up when there is something new to show, or to try.
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    if (fetched.has(load)) return undefined;
    let wanted = true;
    load()
      .then((panel) => void fetched.set(load, panel))
      .catch((error: unknown) => {
        if (wanted) setProblem(error instanceof Error ? error.message : String(error));
      })
      .finally(() => {
        if (wanted && fetched.has(load)) setTurn(turn + 1);
      });
    return () => {
      wanted = false;
    };
  }, [load, turn]);
  const Panel = fetched.get(load);
  if (Panel !== undefined) return <Panel />;
  const again = (): void => {
    setProblem("");
    setTurn(turn + 1);
  };
  return (
    <section class={className} aria-label={label} aria-busy={problem === ""}>
      {problem === "" ? (
        <p class="about">Loading…</p>
      ) : (
        <>
          <p role="alert">This panel could not be loaded: {problem}</p>
          <p>
            <button type="button" onClick={again}>
              Try again
            </button>
          </p>
        </>
      )}
    </section>
  );
}
