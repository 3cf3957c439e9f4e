package dev.carillon.control;

import dev.carillon.wire.WireReader;
import dev.carillon.wire.WireWriter;

/** A {@link Target} inside an order. */
final class TargetFields {

  private TargetFields() {}

  static void write(Target target, WireWriter out) {
    out.string(target.user()).string(target.client());
  }

  static Target read(WireReader in) {
    return new Target(in.string(), in.string());
  }
}
