/**
 * Switches of Chromium and Node that open the app to whoever starts it or reaches its port: debuggers, another program in
 * the place of its processes, unchecked certificates, secrets of connections in a file.
 */
const opening =
  /^(?:--?|\/)(?:remote-debugging-[a-z-]+|remote-allow-origins|inspect(?:-[a-z-]+)?|js-flags|[a-z-]+-(?:cmd-prefix|launcher)|ignore-certificate-errors[a-z-]*|allow-running-insecure-content|disable-web-security|host-(?:resolver-)?rules|ssl-key-log-file|log-net-log|load-extension)(?:=|$)/i;

/** The first word of a command line that a packaged app does not start with; undefined: none. */
export const refusedSwitch = (words: readonly string[]): string | undefined =>
  words.find((word) => opening.test(word))?.split('=')[0];
