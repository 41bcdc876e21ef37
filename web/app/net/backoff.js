// How long to wait before trying again: full jitter, so that a room that lost its server at
// the same instant does not come back at the same instant.

export class Backoff {
  /** @param {{first: number, max: number, random?: () => number}} bounds milliseconds */
  constructor({ first, max, random = Math.random }) {
    this.first = first;
    this.max = max;
    this.random = random;
    this.bound = first;
  }

  /** @param {number} [first] the next wait is drawn from 0 to this */
  reset(first = this.first) {
    this.bound = first;
  }

  next() {
    const wait = this.random() * this.bound;
    this.bound = Math.min(this.bound * 2, this.max);
    return wait;
  }
}
