package dev.carillon.redis;

/** What a restart of Redis does to writes that it had acknowledged. */
public enum Restarts {
  /** Redis is asked whether it writes each of them to disk before it answers. */
  AUTO,
  /** None is lost. */
  KEEP,
  /** Some may be lost. */
  LOSE
}
