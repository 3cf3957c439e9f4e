package dev.carillon.udpecho;

import java.util.Locale;

/** Why a datagram gets no answer. */
enum Drop {
  /** Source port 0: nobody can listen there (RFC 768), so the source is forged. */
  PORT_ZERO,
  /** The source is a broadcast, multicast or wildcard address: an answer would reach many. */
  NOT_UNICAST,
  /** The source port answers everything by itself: two such services would talk for ever. */
  ECHO_LOOP,
  /** No bytes to send back; Netty's NIO transport does not send datagrams without any. */
  EMPTY,
  /** The source is over its rate. */
  RATE,
  /** Too many answers wait for the network. */
  QUEUE_FULL,
  /** The operating system refused the answer. */
  SEND_FAILED;

  /** For the metric's tag. */
  String tag() {
    return name().toLowerCase(Locale.ROOT);
  }
}
