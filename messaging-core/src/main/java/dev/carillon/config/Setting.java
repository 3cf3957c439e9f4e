package dev.carillon.config;

/**
 * A value and where it was set.
 *
 * @param value text, a number, a boolean, a List or a Map, as the source gave it
 * @param source what an operator would look for: {@code carillon.yaml:12}, {@code --set}, a
 *     variable's name
 */
public record Setting(Object value, String source) {}
