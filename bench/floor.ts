import { once } from 'node:events';
import { Agent, createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Simulator } from '../src/simulator/server.ts';
import { bearerOf } from './tenant.ts';

/** Columns of the bare table, whatever the list: what a row is called and a few of its values. */
const page = `<!doctype html>
<meta charset="utf-8" />
<title>floor</title>
<style>body { font: 13px sans-serif } td { white-space: nowrap; padding: 2px 8px }</style>
<input id="search" />
<nav>
  <button id="users">users</button> <button id="logs">logs</button> <button id="roles">roles</button>
  <button id="organizations">organizations</button> <button id="applications">applications</button>
</nav>
<dl id="row"></dl>
<table><tbody id="rows"></tbody></table>
<script>
  const textOf = (value) => (typeof value === 'object' ? JSON.stringify(value) : String(value));
  const fill = (list, rows) => {
    const lines = rows.map((row) => {
      const line = document.createElement('tr');
      line.dataset.id = row.id;
      for (const value of Object.values(row).slice(0, 8)) {
        const cell = document.createElement('td');
        cell.textContent = textOf(value).slice(0, 60);
        line.append(cell);
      }
      return line;
    });
    document.getElementById('rows').replaceChildren(...lines);
    document.getElementById('rows').dataset.list = list;
  };
  const show = async (list, more = '') =>
    fill(list + more, await (await fetch('/api/' + list + '?page=1&page_size=100' + more)).json());
  for (const button of document.querySelectorAll('button'))
    button.addEventListener('click', () => show(button.id));
  document.getElementById('search').addEventListener('keydown', ({ key, target }) => {
    if (key === 'Enter') show('users', '&search=%25' + encodeURIComponent(target.value) + '%25');
  });
  document.getElementById('rows').addEventListener('click', async ({ target }) => {
    const { id } = target.closest('tr').dataset;
    const row = await (await fetch('/api/users/' + id)).json();
    const fields = Object.entries(row).flatMap(([name, value]) => {
      const [term, text] = [document.createElement('dt'), document.createElement('dd')];
      term.textContent = name;
      text.textContent = textOf(value);
      return [term, text];
    });
    document.getElementById('row').replaceChildren(...fields);
    document.getElementById('row').dataset.id = id;
  });
  show('users');
</script>`;

/**
 * The honest floor: a static page with an HTML table that one fetch fills. A page cannot carry the token, so its requests
 * are passed on to the simulator as they are.
 */
export const startFloor = async (simulator: Simulator) => {
  const authorization = await bearerOf(simulator);
  const agent = new Agent({ keepAlive: true });
  const server = createServer((asked, answer) => {
    if (!asked.url?.startsWith('/api/')) {
      answer.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' });
      answer.end(page);
      return;
    }
    request(`${simulator.endpoint}${asked.url}`, { agent, headers: { authorization } }, (given) => {
      answer.writeHead(given.statusCode ?? 500, { 'content-type': 'application/json' });
      given.pipe(answer);
    }).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    stop: async () => {
      server.close();
      server.closeAllConnections();
      agent.destroy();
      await once(server, 'close');
    },
  };
};
