// As much of the Redis protocol as the tests need to look into the store, and to tamper with it.
import { once } from 'node:events';
import { connect } from 'node:net';

/** Bulk strings as strings, arrays as arrays. */
class Reader {
  bytes = Buffer.alloc(0);
  at = 0;

  /** @param {Buffer} more */
  add(more) {
    this.bytes = Buffer.concat([this.bytes.subarray(this.at), more]);
    this.at = 0;
  }

  /** The next whole value, or undefined while it is not all there. @returns {any} */
  next() {
    const from = this.at;
    const value = this.value();
    if (value === undefined) this.at = from;
    return value;
  }

  /** @returns {any} */
  value() {
    const end = this.bytes.indexOf('\r\n', this.at);
    if (end < 0) return undefined;
    const kind = String.fromCharCode(this.bytes[this.at]);
    const text = this.bytes.toString('utf8', this.at + 1, end);
    this.at = end + 2;
    if (kind === '$') return this.bulk(Number(text));
    if (kind === '*') return this.list(Number(text));
    if (kind === '-') return new Error(text);
    return kind === ':' ? Number(text) : text;
  }

  /** @param {number} length */
  bulk(length) {
    if (length < 0) return null;
    if (this.bytes.length < this.at + length + 2) return undefined;
    const text = this.bytes.toString('utf8', this.at, this.at + length);
    this.at += length + 2;
    return text;
  }

  /** @param {number} length */
  list(length) {
    const items = [];
    for (let i = 0; i < length; i++) {
      const item = this.value();
      if (item === undefined) return undefined;
      items.push(item);
    }
    return items;
  }
}

/** @param {string[]} words */
function encode(words) {
  return `*${words.length}\r\n` + words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`).join('');
}

/**
 * Sends commands in one go; the answers in order.
 * @param {string} socket path @param {(string | number)[][]} commands @returns {Promise<any[]>}
 */
export async function redisAll(socket, commands) {
  const connection = connect(socket);
  await once(connection, 'connect');
  const reader = new Reader();
  /** @type {any[]} */
  const answers = [];
  const done = new Promise((resolve, reject) => {
    connection.on('error', reject);
    connection.on('close', () => reject(new Error('Redis hung up')));
    connection.on('data', (bytes) => {
      reader.add(bytes);
      for (let answer = reader.next(); answer !== undefined; answer = reader.next()) answers.push(answer);
      if (answers.length >= commands.length) resolve(undefined);
    });
  });
  connection.write(commands.map((words) => encode(words.map(String))).join(''));
  await done;
  connection.destroy();
  const failed = answers.find((answer) => answer instanceof Error);
  if (failed) throw failed;
  return answers;
}

/** One command. @param {string} socket @param {(string | number)[]} words @returns {Promise<any>} */
export async function redis(socket, ...words) {
  return (await redisAll(socket, [words]))[0];
}

/** The log of a board. @param {string} socket @param {string} b @returns {Promise<{id: string, entry: any[]}[]>} */
export async function readLog(socket, b) {
  const entries = await redis(socket, 'XRANGE', `pinson:{${b}}:log`, '-', '+');
  return entries.map(([id, [, text]]) => ({ id, entry: JSON.parse(text) }));
}

/** Writes another log in its place, under the same identifiers. @param {string} socket @param {string} b
 * @param {{id: string, entry: any[]}[]} log */
export async function writeLog(socket, b, log) {
  const key = `pinson:{${b}}:log`;
  await redisAll(socket, [['DEL', key], ...log.map(({ id, entry }) => ['XADD', key, id, 'e', JSON.stringify(entry)])]);
}

/** @param {string} socket @param {string} b @returns {Promise<Map<number, number>>} idea → score */
export async function readScores(socket, b) {
  const flat = await redis(socket, 'ZRANGE', `pinson:{${b}}:score:1`, 0, -1, 'WITHSCORES');
  const scores = new Map();
  for (let i = 0; i < flat.length; i += 2) scores.set(Number(flat[i]), Number(flat[i + 1]));
  return scores;
}

/** Number of the process that serves this socket. @param {string} socket */
export async function redisPid(socket) {
  const info = await redis(socket, 'INFO', 'server');
  return Number(/process_id:(\d+)/.exec(info)?.[1]);
}
