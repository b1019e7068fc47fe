/** Says politely, for screen readers, what a run does: that it began, paused, started anew or broke, and how far it is. */
import { useEffect, useState } from "react";
import { playground } from "../../client/use-playground";
import { type Announced, announcement } from "./announcement";

/** Between two words of progress, milliseconds. */
const PROGRESS_MS = 30_000;

export function Announcer() {
  const [text, setText] = useState("");
  useEffect(() => {
    const { store } = playground();
    let before: Announced = store.getState();
    let spoken = performance.now();
    const look = (due: boolean) => {
      const now = store.getState();
      const words = announcement(before, now, due);
      before = now;
      if (words === null) return;
      spoken = performance.now();
      setText(words);
    };
    const stop = store.subscribe(() => look(false));
    const timer = setInterval(() => look(performance.now() - spoken >= PROGRESS_MS), 1000);
    return () => {
      stop();
      clearInterval(timer);
    };
  }, []);
  return (
    <p className="visually-hidden" role="status" aria-label="Progress">
      {text}
    </p>
  );
}
