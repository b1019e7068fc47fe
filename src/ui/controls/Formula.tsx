/**
 * A formula in TeX, as KaTeX typesets it. The typesetting was done beforehand (src/cli/typeset-formulas.ts); its result and
 * KaTeX's fonts arrive after the page, and until then the formula's source stands in.
 */
import { useEffect, useState } from "react";
import classes from "./experiment.module.css";

type Typeset = Readonly<Record<string, string>>;

let loading: Promise<Typeset> | null = null;

function loadFormulas(): Promise<Typeset> {
  loading ??= Promise.all([import("./formulas.json"), import("katex/dist/katex.min.css")]).then(
    ([formulas]) => formulas.default,
  );
  loading.catch(() => {
    loading = null; // offline at the wrong moment: the next formula tries again
  });
  return loading;
}

export function Formula({ tex }: { tex: string }) {
  const [formulas, setFormulas] = useState<Typeset>({});
  useEffect(() => {
    let current = true;
    loadFormulas().then(
      (loaded) => current && setFormulas(loaded),
      () => {}, // the source stays
    );
    return () => {
      current = false;
    };
  }, []);
  const html = formulas[tex];
  if (html === undefined) return <code className={classes.formulaSource}>{tex}</code>;
  // A formula may be wider than the panel: it scrolls by itself, and so must be reachable by keyboard.
  return (
    // biome-ignore lint/security/noDangerouslySetInnerHtml: KaTeX's own output for TeX from core's catalogues
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls
    <div className={classes.formula} tabIndex={0} dangerouslySetInnerHTML={{ __html: html }} />
  );
}
