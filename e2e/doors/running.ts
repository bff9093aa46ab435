import type { BrowserContextOptions, ConsoleMessage, Page } from '@playwright/test';

/** How a test looks at the app. */
export type View = Pick<BrowserContextOptions, 'viewport' | 'colorScheme'>;

/** Which door a project's tests go through. */
export type DoorOption = { door: 'desktop' | 'browser' };

export type StartOptions = {
  dataDir: string;
  env?: NodeJS.ProcessEnv;
  view?: View;
  /** Another build of the desktop than the one in `out`, e.g. one that was packed. */
  bundle?: string;
  /** More words on the command line, e.g. a link. */
  words?: string[];
};

/** The app as a test holds it, whatever the door. */
export type Running = {
  page: Page;
  /** What the page complained of; a policy violation or an error in a script is a failure of the test. */
  complaints: string[];
  /** Answers the next dialog for a file with a path, or cancels it; a browser asks for none. */
  answerSave(path: string | null): Promise<void>;
  /** Takes the file that `act` makes the app export, to `path`. */
  save(path: string, act: () => Promise<void>): Promise<void>;
  /** Text in the system's clipboard. */
  clipboard(): Promise<string>;
  quit(): Promise<void>;
};

/** The desktop has more to see. */
export type Desktop = Running & {
  /** Id of the main process. */
  pid: number;
  /** Addresses that were given to the system's browser so far. */
  opened(): Promise<string[]>;
  /** The person locks the computer's screen. */
  lockScreen(): Promise<void>;
  /** Files that were shown in the system's file manager so far. */
  shown(): Promise<string[]>;
  /** Roles in the application menu. */
  menu(): Promise<string[]>;
  /** The person chooses an entry of the app's own in the menu. */
  chooseMenu(label: string): Promise<void>;
  /** What the page asked of a network so far. */
  outside(): Promise<string[]>;
};

export const listen = (page: Page): string[] => {
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message: ConsoleMessage) => {
    // The browser notes every answer that is an error; those are the app's to show.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      complaints.push(message.text());
  });
  return complaints;
};
