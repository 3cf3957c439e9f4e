// @ts-check
/**
 * The channel in which the server tells this console what it looks at. The client library connects
 * and connects again; the server subscribes it to the channel of its session, which the token names.
 *
 * @typedef {{name: string, urls: string[], verticles: string[], self: boolean}} Place
 */
import { bestOrigin, socketUrl } from '../shared/origins.js';

const MIN_RECONNECT_DELAY_MILLIS = 500;
const MAX_RECONNECT_DELAY_MILLIS = 10_000;

export class Channel {
  /**
   * @param {{token: () => string, places: () => Place[], changed: () => void,
   *   told: (data: any) => void}} on
   * @param {{create: (url: string, options: object) => any, pageOrigin: string,
   *   Socket: typeof WebSocket, random?: () => number}} ports
   */
  constructor(on, { create, pageOrigin, Socket, random = Math.random }) {
    this.on = on;
    this.create = create;
    this.pageOrigin = pageOrigin;
    this.Socket = Socket;
    this.random = random;
    /** @type {any} */
    this.client = null;
    /** Whether the server can tell something now. */
    this.isOpen = false;
  }

  /** Listens, as soon as there is a node to connect to. */
  open() {
    if (this.client !== null || this.socketUrl === '') return;
    this.client = this.create(this.socketUrl, {
      websocket: this.#socket(),
      getToken: async () => this.on.token(),
      name: 'carillon-console',
      minReconnectDelay: MIN_RECONNECT_DELAY_MILLIS,
      maxReconnectDelay: MAX_RECONNECT_DELAY_MILLIS,
    });
    this.client.on('connected', () => this.#move(true));
    this.client.on('connecting', () => this.#move(false));
    this.client.on('disconnected', () => this.#move(false));
    this.client.on('publication', (/** @type {{data: any}} */ { data }) => this.on.told(data));
    this.client.connect();
  }

  /** Listens no more; the server notices it. */
  close() {
    const { client } = this;
    this.client = null;
    this.isOpen = false;
    client?.removeAllListeners();
    client?.disconnect();
  }

  /** This node if it has a chat hub, else any that has; empty when there is none. */
  get socketUrl() {
    const origins = this.on
      .places()
      .filter(({ verticles }) => verticles.includes('chat-hub'))
      .map(({ self, urls }) => (self ? this.pageOrigin : bestOrigin(urls, this.pageOrigin)))
      .filter((origin) => origin !== '');
    if (origins.length === 0) return '';
    const own = origins.find((origin) => origin === this.pageOrigin);
    return socketUrl(own ?? origins[Math.floor(this.random() * origins.length)]);
  }

  /** The library keeps its first address; each socket opens where a node is now. */
  #socket() {
    const urlNow = () => this.socketUrl;
    return class extends this.Socket {
      /** @param {string} endpoint @param {string | string[]} [protocols] */
      constructor(endpoint, protocols) {
        super(urlNow() || endpoint, protocols ?? []);
      }
    };
  }

  /** @param {boolean} isOpen */
  #move(isOpen) {
    if (this.isOpen === isOpen) return;
    this.isOpen = isOpen;
    this.on.changed();
  }
}
