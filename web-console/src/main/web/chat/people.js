// @ts-check
/**
 * Who is in the room. A person is a user and may be here with several clients. Pure.
 *
 * Joins and leaves are told at once but not for certain (a killed node tells nobody); the presence
 * table is certain but late. So joins and leaves count when they come, and who is missing from the
 * table twice in a row has left.
 *
 * @typedef {import('./transcript.js').Speaker} ClientInfo
 * @typedef {{user: string, name: string}} Person
 */
import { nameOf } from './transcript.js';

const MISSED_MAX = 2;

export class People {
  constructor() {
    /** @type {Map<string, {user: string, missed: number}>} by client id */
    this.clients = new Map();
    /** @type {Map<string, {person: Person, clients: number}>} by user */
    this.users = new Map();
    /** @type {Person[] | null} sorted; null when it has to be sorted again */
    this.sorted = [];
  }

  /** @returns {Person[]} by name */
  get list() {
    this.sorted ??= [...this.users.values()]
      .map(({ person }) => person)
      .sort((a, b) => a.name.localeCompare(b.name) || (a.user < b.user ? -1 : 1));
    return this.sorted;
  }

  /** @param {ClientInfo} info @returns {boolean} whether the person was not here before */
  join(info) {
    const { client, user = '' } = info;
    this.#remove(client);
    const known = this.users.get(user);
    this.clients.set(client, { user, missed: 0 });
    this.users.set(user, {
      person: { user, name: nameOf(info) },
      clients: (known?.clients ?? 0) + 1,
    });
    this.sorted = null;
    return known === undefined;
  }

  /** @param {ClientInfo} info @returns {boolean} whether it was the person's last client here */
  leave({ client, user = '' }) {
    return this.#remove(client) && !this.users.has(user);
  }

  /**
   * Takes the presence table.
   *
   * @param {Record<string, ClientInfo>} table by client id
   * @returns {{came: Person[], gone: Person[]}} who was not here before, and who left unnoticed
   */
  take(table) {
    const before = new Map(this.users);
    for (const info of Object.values(table)) this.join(info);
    for (const [client, known] of this.clients) {
      if (!(client in table) && ++known.missed >= MISSED_MAX) this.#remove(client);
    }
    const people = (/** @type {typeof before} */ one, /** @type {typeof before} */ other) =>
      [...one].filter(([user]) => !other.has(user)).map(([, { person }]) => person);
    return { came: people(this.users, before), gone: people(before, this.users) };
  }

  /** @param {string} client @returns {boolean} whether it was here */
  #remove(client) {
    const known = this.clients.get(client);
    if (known === undefined) return false;
    this.clients.delete(client);
    const { person, clients } = /** @type {{person: Person, clients: number}} */ (
      this.users.get(known.user)
    );
    if (clients === 1) this.users.delete(known.user);
    else this.users.set(known.user, { person, clients: clients - 1 });
    this.sorted = null;
    return true;
  }
}
