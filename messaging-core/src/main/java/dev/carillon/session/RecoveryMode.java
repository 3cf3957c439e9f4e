package dev.carillon.session;

/** What a client that was away gets of what it missed (docs/PROTOCOL.md, "Recovery"). */
public enum RecoveryMode {
  /** All of it, in order, or the news that it is not there any more. */
  STREAM,
  /** The newest publication, which replaces all before it. */
  CACHE
}
