package dev.carillon.chaos.load;

/** An error reply; code 0: the connection ended before there was a reply. */
final class Refused extends Exception {
  private static final long serialVersionUID = 1L;

  private final int code;

  Refused(int code) {
    super("error " + code, null, false, false);
    this.code = code;
  }

  int code() {
    return code;
  }

  /** The code of a failure of {@link Wire}; 0 for any other. */
  static int code(Throwable failure) {
    return failure instanceof Refused refused ? refused.code : 0;
  }
}
