/** Fetching the page's files from a real server that answers well, badly, slowly, or not at all. */
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { FileMissingError, FileStalledError, fetchFrom } from "../../src/engine/files";

const STALL_MS = 300;

let server: Server | undefined;

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

/** A server that answers so, and what fetches from it. */
async function serve(answer: RequestListener) {
  const started = createServer(answer);
  server = started;
  await new Promise<void>((resolve) => started.listen(0, resolve));
  return fetchFrom(`http://localhost:${(started.address() as AddressInfo).port}/folder/`, STALL_MS);
}

const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => null,
    (error: unknown) => error,
  );

describe("fetchFrom", () => {
  it("gives the whole file and tells how much is here", async () => {
    const fetchFile = await serve((request, response) => {
      response.write(request.url?.slice(0, 7));
      setTimeout(() => response.end("/a.bin"), 20);
    });
    const seen: number[] = [];
    const bytes = await fetchFile("a.bin", (received) => seen.push(received));
    expect(new TextDecoder().decode(bytes)).toBe("/folder/a.bin");
    expect(seen.at(-1)).toBe(13);
  });

  it("waits as long as bytes come, however slowly", async () => {
    const fetchFile = await serve((_, response) => {
      let sent = 0;
      const timer = setInterval(() => {
        response.write("x");
        sent += 1;
        if (sent < 8) return;
        clearInterval(timer);
        response.end();
      }, STALL_MS / 4);
    });
    expect((await fetchFile("slow.bin")).byteLength).toBe(8);
  });

  it("calls stalled what is never answered, and what stops in the middle", async () => {
    const silent = await serve(() => {});
    expect(await failure(silent("a.bin"))).toBeInstanceOf(FileStalledError);
    server?.closeAllConnections();
    server?.close();
    const half = await serve((_, response) => {
      response.writeHead(200, { "Content-Length": "100" });
      response.write("half");
    });
    const error = await failure(half("a.bin"));
    expect(error).toBeInstanceOf(FileStalledError);
    expect(error).toMatchObject({ message: "nothing came for 0.3 seconds" });
  });

  it("calls missing what the server has not, or sends a page for", async () => {
    const fetchFile = await serve((request, response) => {
      if (request.url?.endsWith("page")) response.writeHead(200, { "Content-Type": "text/html" }).end("<html>");
      else response.writeHead(404).end();
    });
    expect(await failure(fetchFile("none"))).toBeInstanceOf(FileMissingError);
    expect(await failure(fetchFile("page"))).toBeInstanceOf(FileMissingError);
  });

  it("has words of its own for a broken connection", async () => {
    const fetchFile = await serve((_, response) => void response.destroy());
    expect(await failure(fetchFile("a.bin"))).toMatchObject({
      message: "the server was not reached, or the connection broke",
    });
  });

  it("ends a file that whoever watches it has had enough of", async () => {
    const fetchFile = await serve((_, response) => {
      const timer = setInterval(() => response.write("x".repeat(1000)), 5);
      response.on("close", () => clearInterval(timer));
    });
    const enough = new Error("more than there should be");
    const watch = (received: number) => {
      if (received > 3000) throw enough;
    };
    expect(await failure(fetchFile("endless.bin", watch))).toBe(enough);
  });
});
