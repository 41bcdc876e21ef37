// The processes of a test: the program under test, a Redis of one's own, and folders. All are
// gone when the file that made them calls cleanUp in its `after` hook.
import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export const PINSON = process.env.PINSON ?? fileURLToPath(new URL('../../../build/asan/pinson', import.meta.url));

const START_MS = 30_000;
const PROGRAM_MS = 60_000;
const OUTPUT_MAX = 64 * 1024 * 1024;

/** @type {(() => unknown)[]} the last made goes first */
const undo = [];

/** @param {() => unknown} action */
export function atEnd(action) {
  undo.push(action);
}

/** Undoes everything, whatever fails on the way. */
export async function cleanUp() {
  const failures = [];
  while (undo.length) {
    try {
      await undo.pop()?.();
    } catch (failure) {
      failures.push(failure);
    }
  }
  if (failures.length) throw failures[0];
}

/** A folder of this test's own; short, because the path of a socket may not be long. */
export function folder() {
  const path = mkdtempSync(join(tmpdir(), 'pin-'));
  atEnd(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/**
 * Runs a command of the program to its end.
 * @param {string[]} args
 * @returns {Promise<{status: number, stdout: string, stderr: string}>}
 */
export function run(...args) {
  return new Promise((resolve) => {
    const options = { maxBuffer: OUTPUT_MAX, timeout: PROGRAM_MS, killSignal: /** @type {const} */ ('SIGKILL') };
    execFile(PINSON, args, options, (error, stdout, stderr) => {
      assertSane(stderr);
      const status = error ? Number(error.code ?? -1) : 0;
      resolve({ status: Number.isNaN(status) ? -1 : status, stdout, stderr });
    });
  });
}

/** The output of a command that must succeed. @param {string[]} args */
export async function output(...args) {
  const { status, stdout, stderr } = await run(...args);
  assert.equal(status, 0, `pinson ${args.join(' ')}\n${stderr}${stdout}`);
  return stdout;
}

/** @param {string[]} args @returns {Promise<any>} */
export async function json(...args) {
  return JSON.parse(await output(...args));
}

/** What the sanitizers say goes to the standard error. @param {string} text */
export function assertSane(text) {
  const found = text.search(/\S*(Sanitizer|runtime error|Assertion .* failed)/);
  if (found >= 0) assert.fail(text.slice(found, found + 2_500));
}

class Process {
  /** @param {string} program @param {string[]} args */
  constructor(program, args) {
    /** @type {string[]} */
    this.lines = [];
    this.errors = '';
    this.child = spawn(program, args, { detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    this.child.stderr.on('data', (bytes) => { this.errors += bytes; });
    /** @type {Promise<number | string>} its status, or the signal that ended it */
    this.ended = new Promise((resolve) => {
      this.child.on('close', (status, signal) => resolve(status ?? signal ?? -1));
    });
    this.isRunning = true;
    this.ended.then(() => { this.isRunning = false; });
    atEnd(() => this.end());
  }

  get pid() {
    return this.child.pid ?? 0;
  }

  /** Resolves at the first line that matches. @param {RegExp} pattern @returns {Promise<RegExpExecArray>} */
  said(pattern) {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`no ${pattern} in ${START_MS} ms: ${this.errors}`)), START_MS);
      createInterface({ input: this.child.stdout }).on('line', (line) => {
        this.lines.push(line);
        const found = pattern.exec(line);
        if (!found) return;
        clearTimeout(timer);
        resolve(found);
      });
      this.ended.then((status) => {
        clearTimeout(timer);
        reject(new Error(`ended with ${status} before it said ${pattern}: ${this.errors}`));
      });
    });
  }

  /** At once, its whole group. */
  async end() {
    if (this.isRunning) {
      try {
        process.kill(-this.pid, 'SIGKILL');
      } catch {
        // It has just ended.
      }
    }
    await this.ended;
  }

  /** Asks it to end, and returns how it did. */
  async stop() {
    process.kill(this.pid, 'SIGTERM');
    return this.ended;
  }
}

/** A running `pinson serve`. */
export class Server extends Process {
  /** @param {string[]} args */
  constructor(args) {
    super(PINSON, ['serve', ...args]);
    this.url = '';
    this.port = 0;
  }

  get ws() {
    return `ws://127.0.0.1:${this.port}/ws`;
  }

  /** The one-time link that the first start of an installation prints. */
  get adminInvite() {
    return /#invite=(\S+)/.exec(this.lines.join('\n'))?.[1];
  }

  /** Ends it in good order; nothing was wrong with its memory. */
  async stop() {
    const status = await super.stop();
    assertSane(this.errors);
    return status;
  }

  /** As a power cut would end it. Until then nothing was wrong with its memory. */
  async kill() {
    await this.end();
    assertSane(this.errors);
  }
}

/**
 * Starts a server and waits until it is ready.
 * @param {{data?: string, redis?: string, host?: string, port?: number, limits?: string, args?: string[]}} options
 */
export async function serve({ data, redis, host = '127.0.0.1', port = 0, limits = 'off', args = [] }) {
  const place = redis ? ['--redis', redis] : ['--data', data ?? folder()];
  const server = new Server([...place, '--listen', `${host}:${port}`, '--limits', limits, ...args]);
  await server.said(/^ready$/);
  server.port = Number(/http:\/\/[^/\s]+:(\d+)/.exec(server.lines.join('\n'))?.[1]);
  server.url = `http://127.0.0.1:${server.port}`;
  return server;
}

/** A durable Redis of one's own on a Unix socket, for several servers. */
export async function redisServer() {
  const dir = folder();
  const socket = join(dir, 'redis.sock');
  const durable = ['--appendonly', 'yes', '--appendfsync', 'always', '--maxmemory-policy', 'noeviction'];
  const child = new Process('redis-server', ['--port', '0', '--unixsocket', socket, '--dir', dir, '--save', '', ...durable]);
  await child.said(/ready to accept connections/i);
  return { process: child, socket, url: `unix://${socket}` };
}
