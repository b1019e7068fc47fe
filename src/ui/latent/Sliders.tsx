/** The latent's dimensions as sliders: the first few, and the rest a page at a time behind a disclosure. */
import { Pagination } from "@mantine/core";
import { useState } from "react";
import { LatentRow } from "./LatentRow";

/** Sliders shown at once; the rest waits: 512 sliders would slow the page down. */
const FIRST = 8;
const PAGE = 16;

export function Sliders({ size, range }: { readonly size: number; readonly range: number }) {
  const [open, setOpen] = useState(false);
  const [page, setPage] = useState(1);
  const pages = Math.ceil((size - FIRST) / PAGE);
  const start = FIRST + (Math.min(page, Math.max(1, pages)) - 1) * PAGE;
  return (
    <>
      <Rows from={0} to={Math.min(size, FIRST)} range={range} />
      {size > FIRST && (
        <>
          <button type="button" className="latent-more" aria-expanded={open} onClick={() => setOpen(!open)}>
            {open ? "▾" : "▸"} {size - FIRST} more dimensions
          </button>
          {open && (
            <>
              <Rows from={start} to={Math.min(size, start + PAGE)} range={range} />
              {pages > 1 && (
                <Pagination
                  size="xs"
                  total={pages}
                  value={Math.min(page, pages)}
                  onChange={setPage}
                  siblings={1}
                  getItemProps={(item) => ({ "aria-label": `Dimensions, page ${item}` })}
                />
              )}
            </>
          )}
        </>
      )}
    </>
  );
}

function Rows({ from, to, range }: { readonly from: number; readonly to: number; readonly range: number }) {
  const dimensions = Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i);
  return (
    <div className="latent-rows" data-few={to <= 2}>
      {dimensions.map((dimension) => (
        <LatentRow key={dimension} dimension={dimension} range={range} />
      ))}
    </div>
  );
}
