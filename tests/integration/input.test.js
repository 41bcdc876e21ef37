// Goal: whatever is sent, it gets the answer that the protocol names, nothing changes and the server goes on.
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { connect, enter, newOp } from './support/line.js';
import { cleanUp, folder, json, output, serve } from './support/processes.js';

const data = folder();
/** @type {import('./support/processes.js').Server} */ let server;
/** @type {import('./support/line.js').Line} */ let line;
/** @type {number} */ let mine;
/** @type {number} */ let theirs;
let version = 0;

const request = (changes = {}) => JSON.stringify({ jsonrpc: '2.0', id: 7, method: 'board.list', params: {}, ...changes });
const nested = (depth) => `{"jsonrpc":"2.0","id":7,"method":"board.list","params":${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}}`;

before(async () => {
  await output('create', 'mauvais', '--title', 'Mauvais', '--theme', 'Bus', '--data', data);
  server = await serve({ data });
  const other = await enter(server);
  theirs = (await other.act('idea.post', { board: 'mauvais', text: 'Une idée de quelqu’un d’autre' })).idea;
  line = await enter(server);
  mine = (await line.act('idea.post', { board: 'mauvais', text: 'Une idée bien à moi' })).idea;
  version = (await line.join('mauvais')).version;
});

after(cleanUp);

// A fresh line each time: twenty bad messages in ten seconds close one.
afterEach(async () => {
  const token = line.session.token;
  await line.close();
  line = await enter(server, { token });
  assert.equal((await line.join('mauvais')).version, version, 'nothing has changed');
});

/** @param {any} answer @param {number} code @param {string | null} [error] */
function assertError(answer, code, error = null) {
  assert.equal(answer.jsonrpc, '2.0');
  assert.equal(answer.error?.code, code, JSON.stringify(answer));
  assert.equal(typeof answer.error.message, 'string');
  if (error) assert.equal(answer.error.data?.error, error, JSON.stringify(answer));
}

describe('what is not JSON is answered -32700', () => {
  /** @type {Record<string, string | Buffer>} */
  const broken = {
    'half an object': '{"jsonrpc":"2.0","id":1',
    'plain words': 'bonjour',
    'nothing at all': '',
    'white space': '   ',
    'a byte order mark': `\uFEFF${request()}`,
    'bytes after the end': `${request()}x`,
    'two requests in one message': request() + request(),
    'a comment': `${request()}//`,
    'a comma too many': '{"jsonrpc":"2.0","id":7,"method":"board.list","params":{},}',
    'single quotes': "{'jsonrpc':'2.0'}",
    'nesting of nine levels': nested(8),
    'nesting of two thousand levels': nested(2_000),
    'a key twice': '{"jsonrpc":"2.0","id":7,"id":8,"method":"board.list","params":{}}',
    'a key twice among the parameters': '{"jsonrpc":"2.0","id":7,"method":"board.join","params":{"board":"a","board":"b"}}',
    'a NUL byte': `{"jsonrpc":"2.0","id":7,"method":"board.join","params":{"board":"a\0b"}}`,
    'an escaped NUL': '{"jsonrpc":"2.0","id":7,"method":"board.join","params":{"board":"a\\u0000b"}}',
    'a lone high surrogate': '{"jsonrpc":"2.0","id":7,"method":"board.join","params":{"board":"\\ud800"}}',
    'a lone low surrogate': '{"jsonrpc":"2.0","id":7,"method":"board.join","params":{"board":"\\udc00x"}}',
    'a raw newline in a string': '{"jsonrpc":"2.0","id":7,"method":"board.join","params":{"board":"a\nb"}}',
    'two to the 63rd': '{"jsonrpc":"2.0","id":9223372036854775808,"method":"board.list"}',
    'a number without end': '{"jsonrpc":"2.0","id":1e999999,"method":"board.list"}',
    'NaN': '{"jsonrpc":"2.0","id":NaN,"method":"board.list"}',
  };
  for (const [name, text] of Object.entries(broken)) {
    test(name, async () => {
      const answer = await line.say(text);
      assertError(answer, -32700, 'parse');
      assert.equal(answer.id, null);
    });
  }
});

describe('what is no request of JSON-RPC 2.0 is answered -32600', () => {
  const wrong = {
    'a batch': `[${request()}]`,
    'an empty batch': '[]',
    'a notification': '{"jsonrpc":"2.0","method":"board.list","params":{}}',
    'a bare string': '"board.list"',
    'a bare number': '42',
    'null': 'null',
    'no version': '{"id":7,"method":"board.list"}',
    'another version': request({ jsonrpc: '1.0' }),
    'no method': '{"jsonrpc":"2.0","id":7}',
    'a method that is a number': request({ method: 5 }),
    'parameters in a list': request({ params: ['mauvais'] }),
    'parameters that are a string': request({ params: 'mauvais' }),
    'an unknown member': request({ extra: 1 }),
    'an id that is a list': request({ id: [1] }),
    'an id that is true': request({ id: true }),
    'an id that is null': request({ id: null }),
    'an id with a fraction': '{"jsonrpc":"2.0","id":1.5,"method":"board.list"}',
    'an id written 1.0': '{"jsonrpc":"2.0","id":1.0,"method":"board.list"}',
  };
  for (const [name, text] of Object.entries(wrong)) {
    test(name, async () => assertError(await line.say(text), -32600, 'request'));
  }
});

test('ids come back as they were: words, numbers, zero and below', async () => {
  for (const id of ['sept', '', 0, -3, 2 ** 53 - 1]) {
    assert.deepEqual((await line.say(request({ id }))).id, id);
  }
});

test('unknown methods are answered -32601', async () => {
  for (const method of ['', 'vote', 'Vote.cast', 'vote.cast ', 'rpc.discover', '__proto__', 'x'.repeat(5_000)]) {
    assertError(await line.ask(method), -32601, 'method');
  }
});

describe('a wrong parameter is answered -32602 and named', () => {
  const vote = () => ({ board: 'mauvais', idea: theirs, choice: 'agree', op: newOp() });
  const post = () => ({ board: 'mauvais', text: 'Une idée comme une autre', op: newOp() });
  /** @type {[string, string, (() => object), string | null][]} */
  const cases = [
    ['no board', 'vote.cast', () => ({ ...vote(), board: undefined }), 'board'],
    ['a board that is a number', 'vote.cast', () => ({ ...vote(), board: 5 }), 'board'],
    ['no idea', 'vote.cast', () => ({ ...vote(), idea: undefined }), 'idea'],
    ['an idea that is a string', 'vote.cast', () => ({ ...vote(), idea: '1' }), 'idea'],
    ['idea 0', 'vote.cast', () => ({ ...vote(), idea: 0 }), 'idea'],
    ['a negative idea', 'vote.cast', () => ({ ...vote(), idea: -1 }), 'idea'],
    ['an idea with a fraction', 'vote.cast', () => ({ ...vote(), idea: 1.5 }), 'idea'],
    ['an idea beyond 53 bits', 'vote.cast', () => ({ ...vote(), idea: 2 ** 60 }), 'idea'],
    ['no choice', 'vote.cast', () => ({ ...vote(), choice: undefined }), 'choice'],
    ['an unknown choice', 'vote.cast', () => ({ ...vote(), choice: 'love' }), 'choice'],
    ['a choice that is a number', 'vote.cast', () => ({ ...vote(), choice: 1 }), 'choice'],
    ['the internal name of no choice', 'vote.cast', () => ({ ...vote(), choice: 'withdraw' }), 'choice'],
    ['no op', 'vote.cast', () => ({ ...vote(), op: undefined }), 'op'],
    ['an op that is no ULID', 'vote.cast', () => ({ ...vote(), op: 'x' }), 'op'],
    ['an op with a letter that ULIDs leave out', 'vote.cast', () => ({ ...vote(), op: 'U'.repeat(26) }), 'op'],
    ['an op of more than 128 bits', 'vote.cast', () => ({ ...vote(), op: 'Z'.repeat(26) }), 'op'],
    ['an op that is a number', 'vote.cast', () => ({ ...vote(), op: 1 }), 'op'],
    ['an unknown field', 'vote.cast', () => ({ ...vote(), weight: 2 }), 'weight'],
    ['a vote for somebody else', 'vote.cast', () => ({ ...vote(), person: 1 }), null],
    ['no text', 'idea.post', () => ({ ...post(), text: undefined }), 'text'],
    ['a text that is a list', 'idea.post', () => ({ ...post(), text: ['a'] }), 'text'],
    ['an unknown theme', 'idea.post', () => ({ ...post(), theme: 'Métro' }), 'theme'],
    ['a source that is a string', 'idea.post', () => ({ ...post(), source: 'x' }), 'source'],
    ['a source that would run a script', 'idea.post', () => ({ ...post(), source: { title: 'x', url: 'javascript:alert(1)' } }), 'source'],
    ['a reply without parent', 'idea.build', () => ({ ...post(), relation: 'expand' }), 'parent'],
    ['a reply without relation', 'idea.build', () => ({ ...post(), parent: theirs }), 'relation'],
    ['a reply that is an idea', 'idea.build', () => ({ ...post(), parent: theirs, relation: 'idea' }), 'relation'],
    ['a count of 11', 'judge.next', () => ({ board: 'mauvais', count: 11, op: newOp() }), 'count'],
    ['a count of 0', 'judge.next', () => ({ board: 'mauvais', count: 0, op: newOp() }), 'count'],
    ['an unknown sort', 'idea.list', () => ({ board: 'mauvais', sort: 'best', count: 5 }), 'sort'],
    ['a list of 201', 'idea.list', () => ({ board: 'mauvais', sort: 'newest', count: 201 }), 'count'],
    ['an unknown reason', 'report.file', () => ({ board: 'mauvais', idea: theirs, reason: 'boring', op: newOp() }), 'reason'],
    ['no reason', 'report.file', () => ({ board: 'mauvais', idea: theirs, reason: 'none', op: newOp() }), 'reason'],
    ['a resume point that is a number', 'board.join', () => ({ board: 'mauvais', since: 5 }), 'since'],
    ['a resume point without epoch', 'board.join', () => ({ board: 'mauvais', since: { version: 1 } }), 'since'],
    ['a token that is a number', 'session.open', () => ({ token: 5 }), 'token'],
  ];
  for (const [name, method, params, field] of cases) {
    test(name, async () => {
      const answer = await line.ask(method, params());
      assertError(answer, -32602, 'params');
      assert.equal(typeof answer.error.data.field, 'string');
      if (field) assert.equal(answer.error.data.field, field);
    });
  }
});

describe('what the board refuses is named', () => {
  const say = (text) => ({ board: 'mauvais', text });
  /** @type {[string, string, (() => object), string][]} */
  const cases = [
    ['an unknown board', 'vote.cast', () => ({ board: 'nulle-part', idea: 1, choice: 'agree' }), 'unknown-board'],
    ['a board address with the marks of Redis', 'vote.cast', () => ({ board: '{b}*\r\n', idea: 1, choice: 'agree' }), 'unknown-board'],
    ['a missing idea', 'vote.cast', () => ({ board: 'mauvais', idea: 999, choice: 'agree' }), 'unknown-idea'],
    ['one’s own idea', 'vote.cast', () => ({ board: 'mauvais', idea: mine, choice: 'agree' }), 'own-idea'],
    ['a reply to a missing idea', 'idea.build', () => ({ ...say('Une réponse en l’air'), parent: 999, relation: 'expand' }), 'unknown-idea'],
    ['a crossing with a missing idea', 'idea.build', () => ({ ...say('Une croisée en l’air'), parent: theirs, with: 999, relation: 'expand' }), 'unknown-idea'],
    ['an edit of somebody else’s idea', 'idea.edit', () => ({ ...say('Ce texte est à moi'), idea: theirs }), 'forbidden'],
    ['a withdrawal of somebody else’s idea', 'idea.withdraw', () => ({ board: 'mauvais', idea: theirs }), 'forbidden'],
    ['an empty text', 'idea.post', () => say(''), 'empty'],
    ['a text of spaces', 'idea.post', () => say(' \n\t '), 'empty'],
    ['a text of four characters', 'idea.post', () => say('abcd'), 'too-short'],
    ['a text of 281 characters', 'idea.post', () => say('é'.repeat(281)), 'too-long'],
    ['a bell', 'idea.post', () => say('Une idée qui \u0007 sonne'), 'bad-text'],
    ['an escape', 'idea.post', () => say('Une idée \u001b[31mrouge'), 'bad-text'],
    ['a delete', 'idea.post', () => say('Une idée \u007f effacée'), 'bad-text'],
    ['a right-to-left override', 'idea.post', () => say('Une idée \u202e à l’envers'), 'bad-text'],
    ['an isolate', 'idea.post', () => say('Une idée \u2066 à part'), 'bad-text'],
    ['five combining marks in a row', 'idea.post', () => say(`Une idée z${'\u0301'.repeat(5)}`), 'bad-text'],
    ['a name of several lines', 'person.rename', () => ({ board: 'mauvais', name: 'a\nb' }), 'bad-text'],
    ['a name with an invisible character', 'person.rename', () => ({ board: 'mauvais', name: 'ad\u200bmin' }), 'bad-text'],
    ['an empty name', 'person.rename', () => ({ board: 'mauvais', name: ' ' }), 'empty'],
    ['a name of 41 characters', 'person.rename', () => ({ board: 'mauvais', name: 'n'.repeat(41) }), 'too-long'],
    ['a report of a missing idea', 'report.file', () => ({ board: 'mauvais', idea: 999, reason: 'spam' }), 'unknown-idea'],
    ['a report of a missing person', 'report.file', () => ({ board: 'mauvais', person: 999, reason: 'spam' }), 'unknown-person'],
    ['a board made by a guest', 'board.create', () => ({ slug: 'moi', title: 'Moi' }), 'forbidden'],
    ['a second session on one line', 'session.open', () => ({}), 'conflict'],
  ];
  for (const [name, method, params, error] of cases) {
    test(name, async () => {
      const op = method === 'session.open' ? {} : { op: newOp() };
      assertError(await line.ask(method, { ...params(), ...op }), -32000, error);
    });
  }
});

test('before session.open there is nothing but not-open', async () => {
  const fresh = await connect(server);
  for (const [method, params] of [['vote.cast', { board: 'mauvais', idea: theirs, choice: 'agree', op: newOp() }], ['board.join', { board: 'mauvais' }], ['board.list', {}]]) {
    assertError(await fresh.ask(String(method), params), -32000, 'not-open');
  }
  await fresh.close();
});

test('a token that nobody was given is signed-out, an invitation of nobody is gone', async () => {
  for (const token of ['', 'x', 'A'.repeat(43), '../../etc/passwd', 'é'.repeat(43)]) {
    const fresh = await connect(server);
    assertError(await fresh.ask('session.open', { token }), -32000, 'signed-out');
    assertError(await fresh.ask('session.open', { invite: token }), -32000, 'gone');
    await fresh.call('session.open');
    await fresh.close();
  }
});

test('an invitation opens one session only', async () => {
  const { token } = await json('invite', '--role', 'lead', '--json', '--data', data);
  const first = await enter(server, { invite: token });
  const second = await connect(server);
  assertError(await second.ask('session.open', { invite: token }), -32000, 'gone');
  await Promise.all([first.close(), second.close()]);
});

test('a refused first act makes no person', async () => {
  const newcomer = await enter(server);
  assertError(await newcomer.ask('vote.cast', { board: 'mauvais', idea: 999, choice: 'agree', op: newOp() }), -32000, 'unknown-idea');
  const { snapshot } = await newcomer.join('mauvais');
  await newcomer.close();
  assert.equal(snapshot.me.person, null);
});

test('after all that the board verifies', async () => {
  const verified = await json('verify', 'mauvais', '--json', '--data', data);
  assert.deepEqual([verified.differences, verified.version], [[], version]);
});
