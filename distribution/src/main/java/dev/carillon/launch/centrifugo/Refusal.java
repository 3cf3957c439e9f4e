package dev.carillon.launch.centrifugo;

/**
 * A setting that can't be taken over.
 *
 * @param source its file and line
 * @param key its key in the file
 * @param why what the option belongs to
 */
record Refusal(String source, String key, String why) {

  static Refusal of(String source, String key, ForeignOption option) {
    return new Refusal(
        source,
        key,
        switch (option.fate()) {
          case ALWAYS -> "not yet (expected: " + shown(option.word()) + ")";
          case TAKEN -> "not yet (expected: " + option.initial() + " or " + option.only() + ")";
          case UNSUPPORTED -> "unsupported (an option of the commercial edition)";
          default -> "not yet (" + option.word() + ")";
        });
  }

  private static String shown(String value) {
    return value.isEmpty() ? "nothing" : value;
  }

  /** One line for an operator. The value is left out, because it may be a secret. */
  String line() {
    return source + ": " + key + ": " + why;
  }
}
