package dev.carillon.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The scripts that Redis runs, each as one step that nothing comes between. */
enum Script {
  APPEND(true),
  READ(true),
  ENSURE(true),
  KEEP(true),
  CHANGES(false),
  ENTER(false);

  private final String text;
  private final String hash;

  Script(boolean ofStream) {
    this.text = (ofStream ? resource("stream") : "") + resource(name().toLowerCase());
    this.hash = sha1(text);
  }

  String text() {
    return text;
  }

  /** Under which Redis remembers it, until it is started anew. */
  String hash() {
    return hash;
  }

  private static String resource(String name) {
    try (InputStream in = Script.class.getResourceAsStream(name + ".lua")) {
      if (in == null) {
        throw new IllegalStateException(name + ".lua (expected: beside this class)");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** The name that EVALSHA gives a script; nothing depends on its strength. */
  private static String sha1(String text) {
    try {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(bytes));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("no SHA-1 (expected: in every JDK)", impossible);
    }
  }
}
