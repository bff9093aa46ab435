import { once } from 'node:events';

type Answer = { id: number; result?: Record<string, unknown>; error?: { message: string } };

/**
 * A page by Chromium's own protocol and nothing else. Playwright has every page keep a record of each of its requests,
 * which grows for as long as it looks on: what a page holds by itself shows only without it.
 */
export class Tab {
  readonly #socket: WebSocket;
  readonly #waiting = new Map<number, (answer: Answer) => void>();
  #asked = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.addEventListener('message', ({ data }) => {
      const answer = JSON.parse(String(data)) as Answer;
      this.#waiting.get(answer.id)?.(answer);
      this.#waiting.delete(answer.id);
    });
  }

  /** The first page of a browser whose debugging address is `endpoint`. */
  static async open(endpoint: string): Promise<Tab> {
    const pages = (await (await fetch(`${endpoint}/json/list`)).json()) as {
      type: string;
      webSocketDebuggerUrl: string;
    }[];
    const page = pages.find(({ type }) => type === 'page');
    if (!page) throw new Error('the browser has no page');
    const socket = new WebSocket(page.webSocketDebuggerUrl);
    await once(socket, 'open');
    return new Tab(socket);
  }

  async send<Result = Record<string, unknown>>(method: string, params: object = {}): Promise<Result> {
    this.#asked += 1;
    const id = this.#asked;
    const answered = new Promise<Answer>((resolve) => this.#waiting.set(id, resolve));
    this.#socket.send(JSON.stringify({ id, method, params }));
    const { result, error } = await answered;
    if (error) throw new Error(`${method}: ${error.message}`);
    return result as Result;
  }

  /** Presses a key with Alt held. */
  async pressWithAlt(key: string, code: string, windowsVirtualKeyCode: number): Promise<void> {
    const press = { modifiers: 1, key, code, windowsVirtualKeyCode };
    await this.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...press });
    await this.send('Input.dispatchKeyEvent', { type: 'keyUp', ...press });
  }

  /** What a script in the page comes to. */
  async run<Value = unknown>(expression: string): Promise<Value> {
    const { result } = await this.send<{ result: { value: Value } }>('Runtime.evaluate', {
      expression,
      returnByValue: true,
    });
    return result.value;
  }

  /** What the page holds after a collection of its own. */
  async held(): Promise<{ pageMiB: number; listeners: number; nodes: number }> {
    // What the first collection sets free by finalizers, the second one takes.
    for (let time = 0; time < 2; time += 1) await this.send('HeapProfiler.collectGarbage');
    await this.send('Performance.enable');
    const { metrics } = await this.send<{ metrics: { name: string; value: number }[] }>(
      'Performance.getMetrics',
    );
    await this.send('Performance.disable');
    const metric = (name: string) => metrics.find((one) => one.name === name)?.value ?? 0;
    return {
      pageMiB: metric('JSHeapUsedSize') / 2 ** 20,
      listeners: metric('JSEventListeners'),
      nodes: metric('Nodes'),
    };
  }

  close() {
    this.#socket.close();
  }
}
