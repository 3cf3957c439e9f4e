package dev.carillon.cluster.streams;

import org.jspecify.annotations.Nullable;

/** Fields of objects that Hazelcast makes empty and fills afterwards. */
final class Filled {

  private Filled() {}

  static <T> T filled(@Nullable T field) {
    if (field == null) {
      throw new IllegalStateException("empty (expected: an object that was read or made)");
    }
    return field;
  }
}
