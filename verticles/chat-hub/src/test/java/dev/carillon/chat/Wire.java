package dev.carillon.chat;

/** What a connection runs over in these tests. */
enum Wire {
  PLAIN,
  TLS_JDK,
  TLS_BORINGSSL;

  boolean isTls() {
    return this != PLAIN;
  }
}
