import { DeskError } from '../../shared/errors.ts';
import { commandWords } from '../../shared/phrases/command-words.ts';
import { demoProfileId, type Profile } from '../../shared/profile.ts';

/** The demo tenant, running in this process. */
export type Demo = {
  endpoint: string;
  resource: string;
  appId: string;
  secret: string;
  /** When its newest log was written, unix ms: all of its data follows from that. */
  at: number;
  /** What is kept of the demo is of another moment. */
  isNew: boolean;
  stop: () => Promise<void>;
};

/** The demo tenant; it starts when it is first asked for. */
export class DemoTenant {
  readonly #start: () => Promise<Demo>;
  readonly #removeCopy: (profile: Profile) => Promise<unknown>;
  #running: Promise<Demo> | null = null;
  #isOver = false;
  #access: Profile['access'] = 'read-only';

  /** `removeCopy` is for a demo that begins anew: its rows are not changes to the previous demo's rows. */
  constructor(start: () => Promise<Demo>, removeCopy: (profile: Profile) => Promise<unknown>) {
    this.#start = start;
    this.#removeCopy = removeCopy;
  }

  get isRunning(): boolean {
    return this.#running !== null;
  }

  #started(): Promise<Demo> {
    // A server that began to listen now would keep the program from ending.
    if (this.#isOver) return Promise.reject(new DeskError('cancelled'));
    this.#running ??= this.#begun().catch((error: unknown) => {
      this.#running = null;
      throw error;
    });
    return this.#running;
  }

  async #begun(): Promise<Demo> {
    const demo = await this.#start();
    // A copy that stays is refused as another tenant's (`ownerOf`).
    if (demo.isNew) await this.#removeCopy(this.#profileOf(demo)).catch(() => {});
    return demo;
  }

  async profile(): Promise<Profile> {
    return this.#profileOf(await this.#started());
  }

  #profileOf({ endpoint, resource, appId, at }: Demo): Profile {
    return {
      id: demoProfileId,
      kind: 'demo',
      name: commandWords.t('nav.demo'),
      label: 'demo',
      color: 'violet',
      access: this.#access,
      images: false,
      appId,
      endpoint,
      resource,
      takenAt: at,
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
