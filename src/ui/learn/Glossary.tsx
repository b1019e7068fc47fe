/** The glossary: every word and sign of the page, by group, with a search. The words are core/glossary.ts. */
import { useEffect, useRef, useState } from "react";
import { GLOSSARY_GROUPS, type GlossaryId, searchGlossary } from "../../core/glossary";
import { Signs } from "./Signs";

export default function Glossary({ at }: { readonly at: GlossaryId | "" }) {
  const [search, setSearch] = useState("");
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (at !== "") list.current?.querySelector(`[data-term="${at}"]`)?.scrollIntoView({ block: "center" });
  }, [at]);
  const found = searchGlossary(search);
  return (
    <div className="glossary">
      <label className="glossary-search">
        Search
        <input type="search" value={search} onChange={(event) => setSearch(event.currentTarget.value)} />
      </label>
      <div ref={list} className="glossary-list">
        {found.length === 0 && <p role="status">Nothing is called that here. Try another word.</p>}
        {GLOSSARY_GROUPS.map(({ id: group, name: title }) => {
          const entries = found.filter((entry) => entry.group === group);
          if (entries.length === 0) return null;
          return (
            <section key={group} aria-label={title}>
              <h3>{title}</h3>
              <dl>
                {entries.map(({ id, sign, name, text }) => (
                  <div key={id} data-term={id} data-here={id === at || undefined}>
                    <dt>
                      {sign !== undefined && (
                        <span className="glossary-sign">
                          <Signs text={sign} />
                        </span>
                      )}{" "}
                      {name}
                    </dt>
                    <dd>
                      <Signs text={text} />
                    </dd>
                  </div>
                ))}
              </dl>
            </section>
          );
        })}
      </div>
    </div>
  );
}
