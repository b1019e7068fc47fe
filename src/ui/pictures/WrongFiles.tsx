/** The files that are not used, each with the reason. */
import type { Collected } from "../../worker/protocol-pictures";

export function WrongFiles({ wrong }: Pick<Collected, "wrong">) {
  if (wrong.length === 0) return null;
  return (
    <details className="pictures-wrong" open={wrong.length <= 5}>
      <summary>Not used: {wrong.length === 1 ? "1 file" : `${wrong.length} files`}</summary>
      <ul aria-label="Files that are not used">
        {wrong.map(({ path, reason }, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the list only grows, and two files may have one path
          <li key={i}>
            <code>{path}</code>: {reason}
          </li>
        ))}
      </ul>
    </details>
  );
}
