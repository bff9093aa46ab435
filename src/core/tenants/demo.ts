import { DeskError } from '../../shared/errors.ts';
import { demoProfileId, type Profile } from '../../shared/profile.ts';

/** The demo tenant, running in this process. */
export type Demo = {
  endpoint: string;
  resource: string;
  appId: string;
  secret: string;
  stop: () => Promise<void>;
};

/** The demo tenant; it starts when it is first asked for. */
export class DemoTenant {
  readonly #start: () => Promise<Demo>;
  #running: Promise<Demo> | null = null;
  #isOver = false;
  #access: Profile['access'] = 'read-only';

  constructor(start: () => Promise<Demo>) {
    this.#start = start;
  }

  get isRunning(): boolean {
    return this.#running !== null;
  }

  #started(): Promise<Demo> {
    // A server that began to listen now would keep the program from ending.
    if (this.#isOver) return Promise.reject(new DeskError('cancelled'));
    this.#running ??= this.#start().catch((error: unknown) => {
      this.#running = null;
      throw error;
    });
    return this.#running;
  }

  async profile(): Promise<Profile> {
    const { endpoint, resource, appId } = await this.#started();
    return {
      id: demoProfileId,
      kind: 'demo',
      name: 'Demo tenant',
      label: 'demo',
      color: 'violet',
      access: this.#access,
      images: false,
      appId,
      endpoint,
      resource,
    };
  }

  /** Allows changes to it until the program ends: then it is again as it was. */
  allow(access: Profile['access']) {
    this.#access = access;
  }

  async secret(): Promise<string> {
    return (await this.#started()).secret;
  }

  /** The program ends: it does not start any more. */
  async stop(): Promise<void> {
    this.#isOver = true;
    await (await this.#running)?.stop();
  }
}
