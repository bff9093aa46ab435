import type { Settings, Workspace } from '../settings/settings.ts';

/**
 * The open views, and which of them were loading when the last run came to an end that was none (killed, or hung until
 * it was killed): what ends a run may do so again at each start. A page that is loaded anew in the same run ends nothing.
 */
export class OpenViews {
  readonly #settings: Settings;
  #cutOff: ReadonlySet<string> | null = null;
  #isOurs = false;

  constructor(settings: Settings) {
    this.#settings = settings;
  }

  /** What was open; `loading`: views that the last run did not live to see. */
  get(): Workspace {
    const kept = this.#settings.workspace;
    this.#cutOff ??= new Set(kept.loading);
    return { ...kept, loading: this.#left(kept) };
  }

  save(workspace: Workspace) {
    this.#cutOff ??= new Set(this.#settings.workspace.loading);
    this.#isOurs = true;
    this.#settings.workspace = workspace;
  }

  /** The run ends in order: of what it was loading nothing has to be asked about. */
  end() {
    const kept = this.#settings.workspace;
    const left = this.#left(kept);
    if (this.#isOurs && left.length < kept.loading.length)
      this.#settings.workspace = { ...kept, loading: left };
  }

  #left({ loading }: Workspace): string[] {
    return loading.filter((id) => this.#cutOff?.has(id));
  }
}
