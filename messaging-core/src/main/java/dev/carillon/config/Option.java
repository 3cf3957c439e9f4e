package dev.carillon.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Describes one option: a component of a record that is marked with {@link Section} or nested in
 * one. The component {@code idleTimeout} has the key {@code idle_timeout}.
 *
 * <p>A component may be an int, long, boolean, String, Duration, enum, List of String, a record
 * (its keys follow after a dot), or a List of records.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Option {
  /** The default as it is written in YAML: {@code 7007}, {@code 25s}, {@code line}, {@code []}. */
  String value() default "";

  /** What the option does, with its unit. */
  String doc();

  /** Why the default is what it is. */
  String why() default "";

  /** The smallest allowed number or duration, written like the default; empty: none. */
  String min() default "";

  /** The largest allowed number or duration, written like the default; empty: none. */
  String max() default "";

  /** Whether the value must never be printed. */
  boolean secret() default false;
}
