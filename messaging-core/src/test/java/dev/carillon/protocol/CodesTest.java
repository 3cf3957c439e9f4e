package dev.carillon.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The codes that SDKs know, with the texts that applications may show. */
class CodesTest {

  @Test
  void errorsAreThoseOfTheProtocol() {
    assertEquals(
        List.of(
            "100 internal server error, temporary",
            "102 unknown channel",
            "103 permission denied",
            "104 method not found",
            "105 already subscribed",
            "106 limit exceeded",
            "107 bad request",
            "108 not available",
            "109 token expired",
            "110 expired",
            "112 unrecoverable position"),
        Arrays.stream(ErrorCode.values())
            .map(
                each ->
                    each.code() + " " + each.message() + (each.temporary() ? ", temporary" : ""))
            .toList());
  }

  @Test
  void disconnectsAreThoseOfTheProtocol() {
    assertEquals(
        List.of(
            "3000 connection closed",
            "3001 shutdown",
            "3004 internal server error",
            "3005 connection expired",
            "3006 subscription expired",
            "3008 slow",
            "3009 write error",
            "3010 insufficient state",
            "3011 force reconnect",
            "3012 no pong",
            "3014 state invalidated",
            "3500 invalid token, for good",
            "3501 bad request, for good",
            "3502 stale, for good",
            "3503 force disconnect, for good",
            "3504 connection limit, for good",
            "3505 channel limit, for good",
            "3506 inappropriate protocol, for good",
            "3507 permission denied, for good",
            "3508 not available, for good"),
        Disconnect.ALL.stream()
            .map(
                each -> each.code() + " " + each.reason() + (each.reconnects() ? "" : ", for good"))
            .toList());
  }

  @Test
  void unsubscribesAreThoseOfTheProtocol() {
    assertEquals(
        List.of(
            "2000 server unsubscribe",
            "2500 insufficient state",
            "2501 subscription expired",
            "2502 state invalidated"),
        Arrays.stream(UnsubscribeCode.values())
            .map(each -> each.code() + " " + each.reason())
            .toList());
  }
}
