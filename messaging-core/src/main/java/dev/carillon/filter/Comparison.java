package dev.carillon.filter;

/** What the value of one tag is compared with another value for. */
enum Comparison {
  EQUAL,
  STARTS,
  ENDS,
  CONTAINS,
  GREATER,
  AT_LEAST,
  LESS,
  AT_MOST;

  /** The last four are false for what is not a decimal number. */
  boolean holds(String tag, String value) {
    return switch (this) {
      case EQUAL -> tag.equals(value);
      case STARTS -> tag.startsWith(value);
      case ENDS -> tag.endsWith(value);
      case CONTAINS -> tag.contains(value);
      case GREATER, AT_LEAST, LESS, AT_MOST ->
          Decimals.isDecimal(tag)
              && Decimals.isDecimal(value)
              && allows(Decimals.compare(tag, value));
    };
  }

  private boolean allows(int order) {
    return switch (this) {
      case GREATER -> order > 0;
      case AT_LEAST -> order >= 0;
      case LESS -> order < 0;
      case AT_MOST -> order <= 0;
      case EQUAL, STARTS, ENDS, CONTAINS ->
          throw new IllegalStateException(this + " (expected: a comparison of numbers)");
    };
  }
}
