/** What computes, and why: the choice of device, and the report behind it. */
import { Button, Popover, Switch } from "@mantine/core";
import { IconInfoCircle } from "@tabler/icons-react";
import { useActions, usePlayground } from "../../client/use-playground";
import {
  type Arithmetic,
  type BackendName,
  DEVICE_PREFERENCES,
  type DevicePreference,
  type DeviceReport,
} from "../../core/device";
import classes from "./bar.module.css";
import { type Choice, PlainSelect } from "./fields/ChoiceField";

const NAMES: Record<DevicePreference, string> = {
  auto: "Auto",
  reproducible: "Reproducible",
  webgpu: "WebGPU",
  webgl: "WebGL",
  wasm: "WebAssembly",
  cpu: "Plain JavaScript",
};

/** In the box, which is narrow. */
const SHORT: Record<BackendName, string> = { webgpu: "WebGPU", webgl: "WebGL", wasm: "wasm", cpu: "JavaScript" };

const DETAILS: Record<DevicePreference, string> = {
  auto: "The best that is here",
  reproducible: "The same numbers on every machine",
  webgpu: "The graphics card, the modern way",
  webgl: "The graphics card, the older way",
  wasm: "The processor, with vector instructions",
  cpu: "The processor: slow, works everywhere",
};

export function DeviceChip() {
  const preference = usePlayground((state) => state.devicePreference);
  const report = usePlayground((state) => state.device);
  const actions = useActions();
  const choices = DEVICE_PREFERENCES.map((value) => choiceOf(value, report));
  return (
    <div className={classes.item}>
      <label htmlFor="device">Device</label>
      <div className={classes.seed}>
        <PlainSelect
          id="device"
          value={preference}
          choices={choices}
          wide={250}
          onChange={(value: DevicePreference) => actions.setDevice(value)}
        />
        <Popover position="bottom-end" shadow="md" width={340} trapFocus={false} returnFocus>
          <Popover.Target>
            <button type="button" className={classes.icon} aria-label="Why this device" title="Why this device">
              <IconInfoCircle size={16} aria-hidden="true" />
            </button>
          </Popover.Target>
          <Popover.Dropdown className={classes.popover ?? ""} aria-label="Why this device">
            {report === null ? "The worker has not reported yet what it computes on." : <Report report={report} />}
          </Popover.Dropdown>
        </Popover>
      </div>
    </div>
  );
}

const ARITHMETIC: Record<Arithmetic, string> = {
  fused:
    "Fused: a·b + c is rounded once. Browsers on processors like this one give the same numbers, bit for bit; others, which round twice, give slightly different ones.",
  plain: "Plain: a·b + c is rounded twice. Every browser can give these numbers, bit for bit.",
};

/** What the box and its list say of a choice: what really computes, and what is not here. */
function choiceOf(value: DevicePreference, report: DeviceReport | null): Choice<DevicePreference> {
  const [label, detail] = [NAMES[value], DETAILS[value]];
  if (report === null) return { value, label, detail };
  const { requested, backend, candidates } = report;
  if (value === "auto")
    return { value, listed: label, label: requested === "auto" ? `Auto: ${SHORT[backend]}` : label, detail };
  const wanted = value === "reproducible" ? "wasm" : value;
  const candidate = candidates.find(({ backend: name }) => name === wanted);
  const names = {
    listed: label,
    label: value === requested && wanted !== backend ? `${SHORT[backend]} instead` : label,
  };
  if (candidate === undefined || candidate.available) return { value, ...names, detail };
  if (candidate.failure !== null) return { value, ...names, detail: `Failed; choose it to try again. ${detail}` };
  return { value, ...names, detail: `Not here: ${candidate.why}`, disabled: true };
}

function Report({ report }: { report: DeviceReport }) {
  const execution = usePlayground((state) => state.arms[0]?.execution ?? null);
  const measuring = usePlayground((state) => state.measuring);
  const { measureDevices, setDevice } = useActions();
  const preference = usePlayground((state) => state.devicePreference);
  const { backend, adapter, arithmetic, reason, candidates } = report;
  return (
    <>
      <p>
        <strong>{NAMES[backend]}</strong> computes. {reason}
      </p>
      <dl className={classes.facts}>
        {execution !== null && (
          <div>
            <dt>Steps</dt>
            <dd>
              <strong>{execution.mode === "replay" ? "Replayed." : "Eager."}</strong> {execution.reason}
            </dd>
          </div>
        )}
        {execution !== null && arithmetic !== null && (
          <div>
            <dt>Threads</dt>
            <dd>{execution.threads}</dd>
          </div>
        )}
        {adapter !== null && (
          <div>
            <dt>Adapter</dt>
            <dd>{adapter}</dd>
          </div>
        )}
        <div>
          <dt>Numbers</dt>
          <dd>
            {arithmetic === null
              ? "This device's own: another one may give slightly different ones for the same link."
              : ARITHMETIC[arithmetic]}
          </dd>
        </div>
      </dl>
      <Switch
        className={classes.reproducible ?? ""}
        size="sm"
        color="ink"
        withThumbIndicator={false}
        label="Reproducible everywhere"
        description="The same link gives the same numbers on every machine: WebAssembly with plain arithmetic, often a little slower."
        checked={preference === "reproducible"}
        onChange={(event) => setDevice(event.currentTarget.checked ? "reproducible" : "auto")}
      />
      <dl className={classes.candidates}>
        {candidates.map(({ backend: name, available, why, msPerStep }) => (
          <div key={name} data-available={available}>
            <dt>
              {NAMES[name]}
              {!available && <span> not here</span>}
              {msPerStep !== null && <span> {formatMs(msPerStep)} ms a step, computing alone</span>}
            </dt>
            <dd>{why}</dd>
          </div>
        ))}
      </dl>
      {candidates.some(({ msPerStep }) => msPerStep !== null) && (
        <p>
          Drawing the pictures, the charts and the metrics takes its share of the time as well, so the counter in the
          bar shows fewer steps a second than these figures alone would give.
        </p>
      )}
      <Button
        size="compact-xs"
        variant="default"
        disabled={measuring}
        onClick={measureDevices}
        title="Times a few steps of this experiment on every device that is here; Auto takes the fastest. Training waits for a few seconds."
      >
        {measuring ? "Timing a few steps on each…" : "Compare devices"}
      </Button>
    </>
  );
}

const formatMs = (ms: number) => String(Number(ms.toPrecision(2)));
