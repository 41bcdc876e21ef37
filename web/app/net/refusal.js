// Why a call was not done: the wire name of the error, the server's sentence, and its data.

const STANDARD = new Map([
  [-32700, "parse"],
  [-32600, "request"],
  [-32601, "method"],
  [-32602, "params"],
]);

export class Refusal extends Error {
  /**
   * @param {string} name
   * @param {string} [message]
   * @param {Record<string, any>} [data]
   */
  constructor(name, message = name, data = {}) {
    super(message);
    this.name = name;
    this.data = data;
  }
}

/** @param {{code: number, message?: string, data?: any}} error as JSON-RPC carries it */
export function refusalOf(error) {
  const data = error.data ?? {};
  const name = data.error ?? STANDARD.get(error.code) ?? "unknown-error";
  return new Refusal(name, error.message ?? name, data);
}
