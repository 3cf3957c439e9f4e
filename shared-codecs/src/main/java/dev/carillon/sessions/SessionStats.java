package dev.carillon.sessions;

/**
 * What a session has done so far.
 *
 * @param rttMillis last measured round trip; -1 when the protocol has no ping or none was answered
 * @param channels subscribed now
 * @param bytesIn payload bytes received
 * @param bytesOut payload bytes sent
 * @param messagesIn frames, datagrams or requests received
 * @param messagesOut frames, datagrams or responses sent
 */
public record SessionStats(
    int rttMillis, int channels, long bytesIn, long bytesOut, long messagesIn, long messagesOut) {

  public static final SessionStats NONE = new SessionStats(-1, 0, 0, 0, 0, 0);
}
