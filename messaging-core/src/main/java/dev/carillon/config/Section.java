package dev.carillon.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a record whose components are options, and names the level their keys stand under.
 *
 * <p>Several records may share a section as long as their keys differ. The empty section holds keys
 * of the top level.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Section {
  /** The key before the dot, in snake_case, for example {@code tcp_echo}. */
  String value();

  /** One sentence for docs/CONFIGURATION.md. */
  String doc() default "";
}
