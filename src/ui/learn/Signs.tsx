/** Text with signs as they are set in print: "p_data" has a real subscript. No formulas (controls/Formula.tsx). */
import { Fragment } from "react";

const SUBSCRIPT = /([A-Za-z]\*?)_([A-Za-z]+)/g;

export function Signs({ text }: { readonly text: string }) {
  const parts: React.ReactNode[] = [];
  let end = 0;
  for (const match of text.matchAll(SUBSCRIPT)) {
    const [whole, letter, below] = match;
    parts.push(text.slice(end, match.index));
    parts.push(
      <Fragment key={match.index}>
        {letter}
        <sub>{below}</sub>
      </Fragment>,
    );
    end = match.index + whole.length;
  }
  parts.push(text.slice(end));
  return <>{parts}</>;
}
