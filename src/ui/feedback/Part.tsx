/** A part of the page that may fail without taking the others with it: says what is missing and how to get it back. */
import { Component } from "react";
import classes from "./feedback.module.css";

interface Props {
  /** What is lost when it fails, as the beginning of a sentence: "The charts". */
  readonly name: string;
  readonly children: React.ReactNode;
}

/** "never" came from the server, or "broke" while it was drawn. */
type Failure = "never came" | "broke";

export class Part extends Component<Props, { readonly failure: Failure | null }> {
  override state = { failure: null };

  static getDerivedStateFromError(error: unknown): { failure: Failure } {
    return { failure: isMissingScript(error) ? "never came" : "broke" };
  }

  override render(): React.ReactNode {
    const { failure } = this.state;
    if (failure === null) return this.props.children;
    return <PartFailed name={this.props.name} failure={failure} onAgain={() => this.setState({ failure: null })} />;
  }
}

interface FailedProps {
  readonly name: string;
  readonly failure: Failure;
  readonly onAgain: () => void;
}

/** What is missing, and how to get it back. */
export function PartFailed({ name, failure, onAgain }: FailedProps) {
  return (
    <div className={classes.part} role="alert">
      <p>
        {failure === "never came"
          ? `${name} did not arrive: the connection broke, or this page was published anew since you opened it. Everything else works; reload to get all of it. Your experiment is in the address.`
          : `${name} cannot be shown because of an error in the page. Everything else works, and training goes on.`}
      </p>
      <p>
        {failure === "broke" && (
          <button type="button" className={classes.action} onClick={onAgain}>
            Show again
          </button>
        )}{" "}
        <button type="button" className={classes.action} onClick={() => window.location.reload()}>
          Reload
        </button>
      </p>
    </div>
  );
}

/** What browsers throw when an imported script, or its style sheet, is not there. They agree on no class, so on its words. */
function isMissingScript(error: unknown): boolean {
  return (
    error instanceof Error &&
    /dynamically imported module|importing a module script|error loading|preload CSS/i.test(error.message)
  );
}
