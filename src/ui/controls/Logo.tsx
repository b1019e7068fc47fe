/** The mark: two overlapping clouds, real and fake, that are becoming one. The same as public/icon.svg. */
export function Logo() {
  return (
    <svg width="26" height="20" viewBox="0 0 26 20" aria-hidden="true" focusable="false">
      <circle cx="9.5" cy="10" r="8" fill="var(--color-real)" fillOpacity="0.85" />
      <circle cx="16.5" cy="10" r="8" fill="var(--color-fake)" fillOpacity="0.8" />
      <path d="M13 2.8a8 8 0 0 1 0 14.4 8 8 0 0 1 0-14.4z" fill="var(--color-surface)" fillOpacity="0.92" />
    </svg>
  );
}
