/** A formula in TeX, typeset by KaTeX, which arrives after the page; until then its source stands in for it. */
import { useEffect, useState } from "react";
import classes from "./experiment.module.css";

type Render = (tex: string) => string;

let loaded: Promise<Render> | null = null;

function loadKatex(): Promise<Render> {
  loaded ??= Promise.all([import("katex"), import("katex/dist/katex.min.css")]).then(
    ([{ default: katex }]) =>
      (tex) =>
        katex.renderToString(tex, { throwOnError: false, output: "htmlAndMathml" }),
  );
  loaded.catch(() => {
    loaded = null; // offline at the wrong moment: the next formula tries again
  });
  return loaded;
}

export function Formula({ tex }: { tex: string }) {
  const [html, setHtml] = useState<string | null>(null);
  useEffect(() => {
    let current = true;
    setHtml(null);
    loadKatex().then(
      (render) => current && setHtml(render(tex)),
      () => {}, // the source stays
    );
    return () => {
      current = false;
    };
  }, [tex]);
  // A formula may be wider than a phone's panel: it scrolls by itself, and so must be reachable by keyboard.
  if (html === null) return <code className={classes.formulaSource}>{tex}</code>;
  return (
    // biome-ignore lint/security/noDangerouslySetInnerHtml: KaTeX's own output for TeX from core's catalogues
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls
    <div className={classes.formula} tabIndex={0} role="math" dangerouslySetInnerHTML={{ __html: html }} />
  );
}
