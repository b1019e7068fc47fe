/** What the stage says before there is a picture: what is awaited, how far it is, and what can be done. */
import { Button, Progress } from "@mantine/core";
import { useActions, usePlayground } from "../../client/use-playground";
import { datasetName } from "../../core/datasets";

export function Placeholder() {
  const worker = usePlayground((state) => state.worker);
  const phase = usePlayground((state) => state.phase);
  const data = usePlayground((state) => state.data);
  const refused = usePlayground((state) => state.refusals.length > 0);
  const { retryData } = useActions();
  if (worker === "dead") {
    return (
      <Calm
        title="The training engine stopped"
        text="Reload the page to start it again. Your experiment is in the link."
      />
    );
  }
  if (data?.error) {
    return (
      <Calm title="The data could not be loaded" text={data.error}>
        <Button size="xs" variant="default" onClick={retryData}>
          Try again
        </Button>
      </Calm>
    );
  }
  if (data && (data.total === 0 || data.loaded < data.total)) {
    const share = data.total === 0 ? 0 : (100 * data.loaded) / data.total;
    return (
      <Calm
        title={`Loading ${datasetName(data.dataset)}`}
        text={`${Math.round(share)} % is here. Training can start before the rest.`}
      >
        <Progress value={share} aria-label="Data loaded" w="100%" maw={240} size="sm" />
      </Calm>
    );
  }
  if (refused) {
    return (
      <Calm title="Nothing runs yet" text="The experiment has to be changed first: its panel says what, and why." />
    );
  }
  if (worker !== "ready" || phase === "loading") {
    return <Calm title="Building the networks" text="The first picture comes as soon as G and D exist." />;
  }
  return (
    <Calm title="Nothing drawn yet" text="Press Train: the first fakes appear at once, and D starts to judge them." />
  );
}

function Calm({ title, text, children }: { title: string; text: string; children?: React.ReactNode }) {
  return (
    <div className="stage-placeholder">
      <svg width="72" height="40" viewBox="0 0 72 40" aria-hidden="true">
        <g fill="none" strokeWidth="1.75">
          <path d="M4 34C16 34 16 8 26 8S36 34 48 34H68" stroke="var(--color-real)" />
          <path d="M4 34H20C32 34 34 16 42 16S54 34 68 34" stroke="var(--color-fake)" strokeDasharray="3 3" />
        </g>
      </svg>
      <p className="stage-placeholder-title">{title}</p>
      <p className="stage-placeholder-text">{text}</p>
      {children}
    </div>
  );
}
