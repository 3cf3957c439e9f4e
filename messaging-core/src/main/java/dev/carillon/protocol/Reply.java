package dev.carillon.protocol;

/**
 * The one answer to a command.
 *
 * @param id of the command
 * @param result what was asked for, or why not
 */
public record Reply(long id, Result result) {

  public static Reply error(long id, ErrorCode code) {
    return new Reply(id, new ErrorResult(code));
  }
}
