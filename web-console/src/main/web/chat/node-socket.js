// @ts-check
/**
 * The WebSocket class that the page hands to the client library. The library leaves its own list of
 * addresses for good after the first success, so this class chooses: each new socket opens at the
 * place where the ring stands, and reports back how it ended.
 *
 * @param {import('./node-ring.js').NodeRing} ring
 * @param {{opened: (origin: string) => void,
 *   closed: (origin: string, wasOpen: boolean) => void}} on
 * @param {typeof WebSocket} Socket
 */
export function nodeSocket(ring, on, Socket = WebSocket) {
  return class NodeSocket extends Socket {
    /**
     * @param {string} _endpoint the library's own address, not used
     * @param {string | string[]} [protocols]
     */
    constructor(_endpoint, protocols) {
      const origin = ring.current.origin;
      super(ring.socketUrl, protocols ?? []);
      let wasOpen = false;
      this.addEventListener('open', () => {
        wasOpen = true;
        on.opened(origin);
      });
      this.addEventListener('close', (event) => {
        if (wasOpen) ring.lost(origin, event.code);
        else ring.failed(origin);
        on.closed(origin, wasOpen);
      });
    }
  };
}
