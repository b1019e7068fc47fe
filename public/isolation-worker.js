/**
 * For static hosts that send no headers of their own: a service worker that adds the two headers of a cross-origin isolated page to its
 * files, so that WebAssembly may use threads. It keeps nothing and changes nothing else. src/client/isolation.ts registers it.
 */
const HEADERS = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
  "Cross-Origin-Resource-Policy": "same-origin",
};

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (new URL(request.url).origin !== self.location.origin) return; // not ours: as if there were no service worker
  if (request.cache === "only-if-cached" && request.mode !== "same-origin") return; // developer tools ask this way; fetch would throw
  event.respondWith(withHeaders(request));
});

async function withHeaders(request) {
  const response = await fetch(request);
  if (response.status === 0) return response; // a redirect that the browser follows itself
  const headers = new Headers(response.headers);
  for (const [name, value] of Object.entries(HEADERS)) headers.set(name, value);
  const { body, status, statusText } = response;
  return new Response(body, { status, statusText, headers });
}
