package dev.carillon.filter;

/** A filter that is none. The message says what is wrong with it and quotes operators only. */
public final class FilterException extends Exception {
  private static final long serialVersionUID = 1L;

  public FilterException(String message) {
    super(message);
  }
}
