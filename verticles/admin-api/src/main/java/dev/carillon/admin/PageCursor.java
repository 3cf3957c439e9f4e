package dev.carillon.admin;

import dev.carillon.sessions.SessionQuery.Cursor;
import dev.carillon.wire.WireException;
import dev.carillon.wire.WireReader;
import dev.carillon.wire.WireWriter;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * A place in a table, as text that only this side reads. It belongs to the query and order it was
 * made for: in another one it would point nowhere, and is refused.
 */
final class PageCursor {

  private static final int VERSION = 1;

  private PageCursor() {}

  static String write(Cursor cursor, String query, String sort) {
    byte[] bytes =
        new WireWriter(64)
            .u8(VERSION)
            .int64(digest(query, sort))
            .string(cursor.text())
            .int64(cursor.number())
            .string(cursor.id())
            .toByteArray();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /**
   * @throws Refusal 400 when it was not written for this query and order
   */
  static Cursor read(String text, String query, String sort) {
    try {
      var in = new WireReader(Base64.getUrlDecoder().decode(text));
      boolean isOurs = in.u8() == VERSION && in.int64() == digest(query, sort);
      var cursor = new Cursor(in.string(), in.int64(), in.string());
      if (isOurs && in.remaining() == 0) {
        return cursor;
      }
    } catch (WireException | IllegalArgumentException malformed) {
      throw foreign();
    }
    throw foreign();
  }

  private static Refusal foreign() {
    return new Refusal(400, "cursor of another query (expected: next of the page before)");
  }

  private static long digest(String query, String sort) {
    try {
      byte[] bytes =
          MessageDigest.getInstance("SHA-256")
              .digest((sort + "\n" + query).getBytes(StandardCharsets.UTF_8));
      return new WireReader(bytes).int64();
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("SHA-256 (expected: part of every JVM)", missing);
    }
  }
}
