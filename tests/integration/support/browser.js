// Sessions of the web client itself, on the WebSocket of Node.
import { WebSocket } from 'ws';
import { Client } from '../../../web/app/net/client.js';
import { atEnd } from './processes.js';

/** @import { Store } from '../../../web/app/net/storage.js' */

/** @param {{ws: string}} server @param {{storage?: Store, invite?: string, headers?: Record<string, string>}} [options] */
export function browser(server, { headers, ...options } = {}) {
  class Socket extends WebSocket {
    /** @param {string} url @param {string} protocol */
    constructor(url, protocol) {
      super(url, protocol, { perMessageDeflate: false, headers });
    }
  }
  // Comes back a tenth as late as in a hall, where the wait spreads many.
  const client = new Client({ url: server.ws, WebSocket: Socket, random: () => Math.random() / 10, ...options });
  atEnd(() => client.close());
  return client.start();
}
