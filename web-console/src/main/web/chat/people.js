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
    /** @type {Map<string, {user: string, name: string, missed: number}>} by client id */
    this.clients = new Map();
  }

  /** @returns {Person[]} by name */
  get list() {
    /** @type {Map<string, Person>} */
    const people = new Map();
    for (const { user, name } of this.clients.values()) people.set(user, { user, name });
    return [...people.values()].sort(
      (a, b) => a.name.localeCompare(b.name) || (a.user < b.user ? -1 : 1),
    );
  }

  /** @param {string} user */
  has(user) {
    return [...this.clients.values()].some((client) => client.user === user);
  }

  /** @param {ClientInfo} info @returns {boolean} whether the person was not here before */
  join(info) {
    const isNew = !this.has(info.user);
    this.clients.set(info.client, { user: info.user, name: nameOf(info), missed: 0 });
    return isNew;
  }

  /** @param {ClientInfo} info @returns {boolean} whether it was the person's last client here */
  leave(info) {
    return this.clients.delete(info.client) && !this.has(info.user);
  }

  /**
   * Takes the presence table.
   *
   * @param {Record<string, ClientInfo>} table by client id
   * @returns {{came: Person[], gone: Person[]}} who was not here before, and who left unnoticed
   */
  take(table) {
    const before = this.list;
    for (const [client, known] of this.clients) {
      if (!(client in table) && ++known.missed >= MISSED_MAX) this.clients.delete(client);
    }
    for (const info of Object.values(table)) this.join(info);
    const after = this.list;
    return {
      came: after.filter((person) => !before.some(({ user }) => user === person.user)),
      gone: before.filter((person) => !after.some(({ user }) => user === person.user)),
    };
  }
}
