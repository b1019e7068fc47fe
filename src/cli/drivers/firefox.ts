/**
 * Firefox, by its own remote protocol "Marionette" (what geckodriver speaks to it, and Debian has no geckodriver): WebDriver's commands as
 * JSON over a socket. https://firefox-source-docs.mozilla.org/testing/marionette/Protocol.html
 */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type DrivenBrowser, drivenBrowser, insist, type WebDriverCommand } from "./webdriver";

const COMMANDS: Readonly<Record<WebDriverCommand, string>> = {
  navigate: "WebDriver:Navigate",
  refresh: "WebDriver:Refresh",
  executeAsync: "WebDriver:ExecuteAsyncScript",
  actions: "WebDriver:PerformActions",
};

/** A new browser with settings of its own, and nothing that it would fetch by itself. */
const PREFERENCES = {
  "marionette.port": 0, // whichever is free
  "browser.shell.checkDefaultBrowser": false,
  "browser.startup.page": 0,
  "app.update.enabled": false,
  "network.captive-portal-service.enabled": false,
  "network.connectivity-service.enabled": false,
  "services.settings.server": "http://localhost:1/",
  "toolkit.telemetry.enabled": false,
  "datareporting.policy.dataSubmissionEnabled": false,
};

/**
 * Starts a headless Firefox of 1440 × 900.
 * @param preferences beside those of every such browser
 */
export async function startFirefox(
  { firefox = "" }: Readonly<Record<string, string>>,
  preferences: Readonly<Record<string, boolean | number | string>> = {},
): Promise<DrivenBrowser> {
  const profile = mkdtempSync(join(tmpdir(), "firefox-"));
  const lines = Object.entries({ ...PREFERENCES, ...preferences }).map(
    ([key, value]) => `user_pref("${key}", ${JSON.stringify(value)});`,
  );
  writeFileSync(join(profile, "user.js"), lines.join("\n"));
  const process_ = spawn(
    firefox,
    ["--marionette", "--headless", "--no-remote", "--profile", profile, "--width=1440", "--height=900"],
    { stdio: "ignore", env: { ...process.env, HOME: profile, MOZ_HEADLESS: "1" } },
  );
  const close = async () => {
    await ended(process_);
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const port = await insist(async () => Number(readFileSync(join(profile, "MarionetteActivePort"), "utf8")), 60_000);
    const wire = await insist(() => openWire(port), 10_000);
    await wire.send("WebDriver:NewSession", { capabilities: {} });
    await wire.send("WebDriver:SetTimeouts", { script: 300_000, pageLoad: 60_000 });
    const send = async (command: WebDriverCommand, parameters: Record<string, unknown>) => {
      const answer = (await wire.send(COMMANDS[command], parameters)) as { value?: unknown } | null;
      return answer?.value;
    };
    return drivenBrowser("Firefox", send, async () => {
      wire.end();
      await close();
    });
  } catch (error) {
    await close();
    throw error;
  }
}

async function ended(browser: ChildProcess): Promise<void> {
  if (browser.exitCode !== null) return;
  const over = new Promise((resolve) => browser.once("exit", resolve));
  browser.kill("SIGKILL");
  await over;
}

/** Messages are "length:json"; commands [0, id, name, parameters], answers [1, id, error, result]. */
async function openWire(port: number) {
  const socket: Socket = connect(port, "127.0.0.1");
  await new Promise<void>((resolve, reject) => socket.once("connect", resolve).once("error", reject));
  const waiting = new Map<number, (error: { message: string } | null, result: unknown) => void>();
  let received = Buffer.alloc(0);
  let nextId = 1;
  socket.on("data", (data) => {
    received = Buffer.concat([received, data]);
    for (;;) {
      const colon = received.indexOf(":");
      if (colon < 0) return;
      const end = colon + 1 + Number(received.subarray(0, colon).toString());
      if (received.length < end) return;
      const message: unknown = JSON.parse(received.subarray(colon + 1, end).toString());
      received = received.subarray(end);
      if (!Array.isArray(message)) continue; // the greeting
      const [, id, error, result] = message;
      waiting.get(id)?.(error, result);
      waiting.delete(id);
    }
  });
  const fail = () => {
    for (const answer of waiting.values()) answer({ message: "Firefox has ended." }, null);
    waiting.clear();
  };
  socket.on("close", fail).on("error", fail);
  return {
    send: (command: string, parameters: Record<string, unknown>) =>
      new Promise<unknown>((resolve, reject) => {
        const id = nextId++;
        waiting.set(id, (error, result) => (error === null ? resolve(result) : reject(new Error(error.message))));
        const text = Buffer.from(JSON.stringify([0, id, command, parameters]));
        socket.write(`${text.length}:`);
        socket.write(text);
      }),
    end: () => socket.destroy(),
  };
}
