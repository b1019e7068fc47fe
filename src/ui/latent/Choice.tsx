/** A small choice with its name beside it. */
import { NamedSelect, type SelectProps } from "../frame/NamedSelect";

export function Choice<T extends string | number>(props: SelectProps<T>) {
  return <NamedSelect {...props} className="latent-choice" />;
}
