/** Why what was asked for in a sheet could not be done, told at once to a screen reader; nothing where it could. */
export function FormError({ text }: { readonly text: string | null }) {
  if (text === null) return null;
  return (
    <p className="sheet-form-error" role="alert">
      {text}
    </p>
  );
}
