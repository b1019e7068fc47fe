/** WebKit, as WebKitGTK's MiniBrowser under a screen that nobody sees, through WebKitWebDriver: WebDriver's commands over HTTP. */
import { type ChildProcess, spawn } from "node:child_process";
import { createServer } from "node:net";
import { type DrivenBrowser, drivenBrowser, insist, type WebDriverCommand } from "../../../src/cli/drivers/webdriver";

const PATHS: Readonly<Record<WebDriverCommand, string>> = {
  navigate: "url",
  refresh: "refresh",
  executeAsync: "execute/async",
  actions: "actions",
};

/** Starts it with a window of 1440 × 900. */
export async function startWebKit(paths: Readonly<Record<string, string>>): Promise<DrivenBrowser> {
  const { driver = "", screen = "", browser = "" } = paths;
  const started: ChildProcess[] = [];
  // They outlive what started them: each is ended by its own id.
  const end = () => {
    for (const child of started.splice(0).reverse()) child.kill("SIGKILL");
  };
  try {
    const xvfb = spawn(screen, ["-displayfd", "1", "-screen", "0", "1800x1200x24", "-nolisten", "tcp"], {
      stdio: ["ignore", "pipe", "ignore"],
    });
    started.push(xvfb);
    const display = await new Promise<string>((resolve, reject) => {
      xvfb.stdout.once("data", (data) => resolve(String(data).trim()));
      xvfb.once("exit", () => reject(new Error("Xvfb ended at once.")));
    });
    const port = await freePort();
    started.push(
      spawn(driver, [`--port=${port}`, "--host=127.0.0.1"], {
        stdio: "ignore",
        env: { ...process.env, DISPLAY: `:${display}`, GDK_BACKEND: "x11", LIBGL_ALWAYS_SOFTWARE: "1" },
      }),
    );
    const root = `http://127.0.0.1:${port}`;
    await insist(() => fetch(`${root}/status`), 20_000);
    const options = { binary: browser, args: ["--automation", "--geometry=1440x900"] };
    const capabilities = { alwaysMatch: { browserName: "MiniBrowser", "webkitgtk:browserOptions": options } };
    const session = (await post(`${root}/session`, { capabilities })) as { sessionId: string };
    const address = `${root}/session/${session.sessionId}`;
    await post(`${address}/timeouts`, { script: 300_000, pageLoad: 60_000 });
    const send = (command: WebDriverCommand, parameters: Record<string, unknown>) =>
      post(`${address}/${PATHS[command]}`, parameters);
    return drivenBrowser("WebKit", send, async () => {
      await fetch(address, { method: "DELETE" }).catch(() => {});
      end();
    });
  } catch (error) {
    end();
    throw error;
  }
}

async function post(address: string, body: unknown): Promise<unknown> {
  const response = await fetch(address, { method: "POST", body: JSON.stringify(body) });
  const { value } = (await response.json()) as { value: { error?: string; message?: string } | null };
  if (!response.ok) throw new Error(`WebKit: ${value?.error ?? response.status} ${value?.message ?? ""}`);
  return value;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}
