package dev.carillon.launch.centrifugo;

/** What becomes of an option of Centrifugo. */
enum Fate {
  /** Carillon has it, under the same or another key. */
  TAKEN("->"),
  /** Carillon always does what one value of it asks for; any other is not there yet. */
  ALWAYS("always"),
  /** Nothing in Carillon depends on it. */
  NO_EFFECT("no effect:"),
  /** An option of a feature that is not built yet. */
  NOT_YET("not yet:"),
  /** An option of the commercial edition. */
  UNSUPPORTED("unsupported");

  private final String mark;

  Fate(String mark) {
    this.mark = mark;
  }

  /** How the table begins to say it. */
  String mark() {
    return mark;
  }
}
