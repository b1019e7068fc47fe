/** What computes, and why: the choice of device, and the report behind it. */
import { Popover } from "@mantine/core";
import { IconInfoCircle } from "@tabler/icons-react";
import { useActions, usePlayground } from "../../client/use-playground";
import { DEVICE_PREFERENCES, type DevicePreference, type DeviceReport } from "../../core/device";
import classes from "./bar.module.css";
import { PlainSelect } from "./fields/ChoiceField";

const NAMES: Record<DevicePreference, string> = {
  auto: "Auto",
  webgpu: "WebGPU",
  webgl: "WebGL",
  wasm: "WebAssembly",
  cpu: "Plain JavaScript",
};

const DETAILS: Record<DevicePreference, string> = {
  auto: "The best that is here",
  webgpu: "The graphics card, the modern way",
  webgl: "The graphics card, the older way",
  wasm: "The processor, with vector instructions",
  cpu: "The processor: slow, works everywhere",
};

export function DeviceChip() {
  const preference = usePlayground((state) => state.devicePreference);
  const report = usePlayground((state) => state.device);
  const actions = useActions();
  const auto = report !== null && report.requested === "auto" ? `Auto: ${report.backend}` : NAMES.auto;
  return (
    <div className={classes.item}>
      <label htmlFor="device">Device</label>
      <div className={classes.seed}>
        <PlainSelect
          id="device"
          value={preference}
          choices={DEVICE_PREFERENCES.map((value) => ({
            value,
            label: value === "auto" ? auto : NAMES[value],
            detail: DETAILS[value],
          }))}
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

function Report({ report }: { report: DeviceReport }) {
  return (
    <>
      <p>
        <strong>{NAMES[report.backend]}</strong> computes. {report.reason}
      </p>
      {report.adapter !== null && <p>Adapter: {report.adapter}</p>}
      <dl className={classes.candidates}>
        {report.candidates.map(({ backend, available, why, msPerStep }) => (
          <div key={backend} data-available={available}>
            <dt>
              {NAMES[backend]}
              {!available && <span> not here</span>}
              {msPerStep !== null && <span> {msPerStep.toFixed(1)} ms a step</span>}
            </dt>
            <dd>{why}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}
