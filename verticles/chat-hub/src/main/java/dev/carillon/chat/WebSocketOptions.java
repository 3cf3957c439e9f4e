package dev.carillon.chat;

import dev.carillon.config.Option;
import dev.carillon.config.Section;
import java.time.Duration;

/** Limits and timers of the WebSocket transport. */
@Section(value = "websocket", doc = "The WebSocket transport of the chat hub.")
public record WebSocketOptions(
    @Option(
            value = "65536",
            min = "1024",
            max = "16777216",
            doc = "Bytes of a message from a client at most; beyond: closed with 1009.",
            why = "Larger payloads belong in an object store.")
        int messageSizeLimit,
    @Option(
            value = "64",
            min = "1",
            max = "65536",
            doc = "Fragments of a message from a client at most; beyond: closed with 1008.",
            why = "No client splits a message of 64 KB further, but an attacker would.")
        int messageFragmentLimit,
    @Option(
            value = "1s",
            min = "10ms",
            max = "1h",
            doc = "Time in which a client with a full queue must take a byte; then it is dropped.",
            why = "A socket that takes nothing for a second is gone or stuck.")
        Duration writeTimeout,
    @Option(
            value = "5s",
            min = "10ms",
            max = "1h",
            doc = "Time that a client has to answer a close frame; then the socket is dropped.",
            why = "Enough for a mobile network, and a dead client is not kept for longer.")
        Duration closeTimeout) {}
