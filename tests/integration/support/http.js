// Requests byte by byte, because what is tested is what well-behaved clients never send.
import { request } from 'node:http';
import { connect } from 'node:net';

/** @typedef {{status: number, headers: Record<string, any>, body: string}} Reply */

/**
 * A request with the path exactly as given.
 * @param {{port: number}} server @param {string} path
 * @param {{method?: string, headers?: Record<string, string>, body?: string}} [options]
 * @returns {Promise<Reply>}
 */
export function fetchRaw(server, path, { method = 'GET', headers = {}, body: sent } = {}) {
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port: server.port, path, method, headers, agent: false }, (reply) => {
      let body = '';
      reply.setEncoding('utf8');
      reply.on('data', (text) => { body += text; });
      reply.on('end', () => resolve({ status: reply.statusCode ?? 0, headers: reply.headers, body }));
      reply.on('error', reject);
    });
    asked.on('upgrade', (reply, socket) => {
      socket.destroy();
      resolve({ status: reply.statusCode ?? 0, headers: reply.headers, body: '' });
    });
    asked.on('error', reject);
    asked.end(sent);
  });
}

/** Everything that comes back for these bytes until the server hangs up or, for a kept line, an answer is whole.
 * @param {{port: number}} server @param {string | Buffer} bytes @returns {Promise<string>} */
export function sendBytes(server, bytes) {
  return new Promise((resolve) => {
    let all = '';
    const socket = connect(server.port, '127.0.0.1', () => socket.write(bytes));
    const end = () => {
      socket.destroy();
      resolve(all);
    };
    socket.setTimeout(20_000, end);
    socket.on('error', end);
    socket.on('close', end);
    socket.on('data', (data) => {
      all += data.toString('latin1');
      if (/^HTTP\/1.1 101/.test(all)) end();
    });
  });
}

/** The status of the first answer, or 0 when the server hung up without one. @param {string} text */
export function statusOf(text) {
  return Number(/^HTTP\/1\.[01] (\d{3})/.exec(text)?.[1] ?? 0);
}

/** Headers of a good upgrade, some of them replaced or, with null, left out.
 * @param {{port: number}} server @param {Record<string, string | null>} [changes] */
export function upgrade(server, changes = {}, requestLine = 'GET /ws HTTP/1.1') {
  /** @type {Record<string, string | null>} */
  const headers = {
    Host: `127.0.0.1:${server.port}`,
    Upgrade: 'websocket',
    Connection: 'Upgrade',
    'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
    'Sec-WebSocket-Version': '13',
    'Sec-WebSocket-Protocol': 'pinson.v1',
    ...changes,
  };
  const lines = Object.entries(headers).filter(([, value]) => value !== null).map(([name, value]) => `${name}: ${value}\r\n`);
  return sendBytes(server, `${requestLine}\r\n${lines.join('')}\r\n`);
}
