/**
 * Cross-origin isolation where the host sends no headers for it: registers the service worker that adds them (public/isolation-worker.js)
 * and loads the page once more. Without isolation everything works, on one thread, so nothing here may ever stand in the way.
 */

const RELOADED = "gan-playground.isolation";

/** Does nothing where the page is isolated, cannot be, or was loaded again for it before in this tab. Never throws. */
export function isolatePage(): void {
  const embedded = window.top !== window; // then the page around this one would have to be isolated as well
  if (!import.meta.env.PROD || window.crossOriginIsolated || !window.isSecureContext || embedded) return;
  if (!("serviceWorker" in navigator)) return;
  isolate(navigator.serviceWorker).catch((error: unknown) => {
    console.info("This page trains on one thread: its service worker could not be started.", error);
  });
}

async function isolate(serviceWorker: ServiceWorkerContainer): Promise<void> {
  if (serviceWorker.controller !== null) return; // it did what it could
  await serviceWorker.register(new URL("isolation-worker.js", document.baseURI));
  await serviceWorker.ready;
  if (navigator.userActivation?.hasBeenActive) return; // somebody has begun: the next visit will be isolated
  if (window.sessionStorage.getItem(RELOADED) !== null) return;
  window.sessionStorage.setItem(RELOADED, "1"); // throws where storage is forbidden: then there is no second load, and no loop
  window.location.reload();
}
