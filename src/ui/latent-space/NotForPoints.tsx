/** What a tab says that has nothing to do for points. */
export function NotForPoints({ children }: { readonly children: React.ReactNode }) {
  return <p className="space-note">{children}</p>;
}
