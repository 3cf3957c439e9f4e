// @ts-check
/**
 * Where one is in a list that is read page by page with cursors. The server knows the next page
 * only; the way back is remembered here. Pure.
 */
export class Pages {
  constructor() {
    this.first();
  }

  /** Back to the start: the filter or the order changed. */
  first() {
    /** @type {string[]} the cursor of each page up to this one; the first has none */
    this.cursors = [''];
  }

  get cursor() {
    return this.cursors[this.cursors.length - 1];
  }

  /** Counted from 0. */
  get index() {
    return this.cursors.length - 1;
  }

  get hasPrevious() {
    return this.cursors.length > 1;
  }

  previous() {
    if (this.hasPrevious) this.cursors = this.cursors.slice(0, -1);
  }

  /** @param {string} cursor */
  next(cursor) {
    this.cursors = [...this.cursors, cursor];
  }

  /**
   * "101–200 of 214" in words that stay true while rows come and go
   *
   * @param {number} limit
   * @param {number} shown
   */
  range(limit, shown) {
    const from = this.index * limit;
    return shown === 0 ? { from: 0, to: 0 } : { from: from + 1, to: from + shown };
  }
}
