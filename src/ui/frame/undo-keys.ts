/** Which key presses take a change of the experiment back, and which belong to a text that is being typed. No listening. */

/** Fields of text, which have an undo of their own. */
const TEXT =
  "textarea, select, [contenteditable], input:not([type=range], [type=checkbox], [type=radio], [type=button], [readonly])";

/**
 * Ctrl+Z (⌘Z on a Mac) undoes, with Shift or as Ctrl+Y it does again. In a field of text they are the browser's, except
 * where the field says (data-committed) that all that was typed has taken effect: then the person means the experiment.
 */
export function undoOf(event: KeyboardEvent): "undo" | "redo" | null {
  if (event.defaultPrevented || event.altKey || event.ctrlKey === event.metaKey) return null;
  const key = event.key.toLowerCase();
  if (key !== "z" && (key !== "y" || event.shiftKey || event.metaKey)) return null;
  const field = event.target instanceof Element ? event.target.closest(TEXT) : null;
  if (field !== null && !field.hasAttribute("data-committed")) return null;
  return key === "y" || event.shiftKey ? "redo" : "undo";
}
